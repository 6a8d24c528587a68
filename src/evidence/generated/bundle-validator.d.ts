// Made by `npm run build:schema` from src/evidence/bundle/written.ts. Do not edit.
export interface SchemaError {
  propertyName?: string
  keyword: string
  instancePath: string
  params: { additionalProperty?: string; missingProperty?: string; propertyName?: string; limit?: number }
}

declare const validate: ((data: unknown) => boolean) & { errors?: SchemaError[] | null }
export default validate
