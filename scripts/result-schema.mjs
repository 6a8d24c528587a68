// The JSON Schema of a document that we write, read off its TypeScript types: the types are the one source.
import ts from 'typescript'

function literal(type) {
  if (type.isStringLiteral() || type.isNumberLiteral()) return type.value
  if (type.flags & ts.TypeFlags.BooleanLiteral) return type.intrinsicName === 'true'
  return undefined
}

class Converter {
  constructor(checker) {
    this.checker = checker
    this.defs = {}
  }

  /** A reason's arguments differ by code and are for machines: any object. */
  reason(type) {
    const codes = type.types.map((member) => literal(this.checker.getTypeOfSymbol(member.getProperty('code'))))
    const { required, properties, ...rest } = this.object(type.types[0], ['code', 'args'])
    const own = { code: { enum: codes.sort() }, args: { type: 'object' } }
    return { ...rest, required: ['code', 'args', ...required], properties: { ...own, ...properties } }
  }

  union(type) {
    const literals = type.types.map(literal)
    const others = type.types.filter((_, index) => literals[index] === undefined)
    const values = literals.filter((value) => value !== undefined)
    const parts = others.map((member) => this.convert(member))
    if (values.length === 2 && values.includes(true) && values.includes(false)) parts.unshift({ type: 'boolean' })
    else if (values.length > 0) parts.unshift({ enum: values })
    if (parts.length === 1) return parts[0]
    const simple = parts.every((part) => Object.keys(part).length === 1 && typeof part.type === 'string')
    return simple ? { type: parts.map((part) => part.type) } : { anyOf: parts }
  }

  object(type, except = []) {
    const index = this.checker.getIndexInfoOfType(type, ts.IndexKind.String)
    if (index) return { type: 'object', additionalProperties: this.convert(index.type) }
    const properties = {}
    const required = []
    for (const property of type.getProperties().filter((one) => !except.includes(one.name))) {
      const optional = Boolean(property.flags & ts.SymbolFlags.Optional)
      const of = this.checker.getTypeOfSymbol(property)
      properties[property.name] = this.convert(optional ? this.checker.getNonNullableType(of) : of)
      const doc = ts.displayPartsToString(property.getDocumentationComment(this.checker))
      if (doc !== '') properties[property.name] = { description: doc, ...properties[property.name] }
      if (!optional) required.push(property.name)
    }
    return { type: 'object', required, properties, additionalProperties: false }
  }

  /** With what a generic is of: `Few<Test>` and `Few<Finding>` are two things. */
  nameOf(type) {
    const name = type.aliasSymbol?.name ?? type.symbol?.name
    const generic = type.aliasSymbol === undefined && type.objectFlags & ts.ObjectFlags.Reference
    const of = type.aliasTypeArguments ?? (generic ? this.checker.getTypeArguments(type) : [])
    return name === undefined ? name : [name, ...of.map((one) => this.nameOf(one) ?? 'value')].join('Of')
  }

  convert(type) {
    const name = this.nameOf(type)
    if (type.flags & ts.TypeFlags.String) return { type: 'string' }
    if (type.flags & ts.TypeFlags.Number) return { type: 'number' }
    if (type.flags & ts.TypeFlags.Null) return { type: 'null' }
    if (literal(type) !== undefined) return { const: literal(type) }
    if (this.checker.isTupleType(type)) {
      const items = this.checker.getTypeArguments(type).map((item) => this.convert(item))
      return { type: 'array', prefixItems: items, items: false, minItems: items.length }
    }
    if (this.checker.isArrayType(type)) return { type: 'array', items: this.convert(this.checker.getTypeArguments(type)[0]) }
    if (name !== undefined && name !== '__type') return this.named(name, type)
    return type.isUnion() ? this.union(type) : this.object(type)
  }

  named(name, type) {
    if (!(name in this.defs)) {
      this.defs[name] = {}
      this.defs[name] = name === 'StatedReason' ? this.reason(type) : type.isUnion() ? this.union(type) : this.object(type)
    }
    return { $ref: `#/$defs/${name}` }
  }
}

/** Of the type `name` that `file` exports. */
export function schemaOf(file, name, title) {
  const program = ts.createProgram([file], {
    strict: true,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    allowImportingTsExtensions: true,
    noEmit: true,
    types: [],
  })
  const checker = program.getTypeChecker()
  const exports = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(file)))
  const converter = new Converter(checker)
  converter.convert(checker.getDeclaredTypeOfSymbol(exports.find((symbol) => symbol.name === name)))
  const { [name]: root, ...rest } = converter.defs
  const sorted = Object.fromEntries(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)))
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', title, ...root, $defs: sorted }
}
