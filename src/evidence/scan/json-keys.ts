// Whether an object of a JSON text names a key twice, told while it is scanned: hashes of the keys of all open objects.

/** Up to so many keys are compared one by one; of larger objects a table is kept. */
const FEW = 12

/** Two hashes of 32 bits stand for a key: of two equal keys they are the same, of two others next to never. */
export class JsonKeys {
  /** Keys of the open objects, outermost first. A closed object's are gone. */
  private one = new Int32Array(1024)
  private two = new Int32Array(1024)
  /** Where in the table a key stands; only of large objects. */
  private slots = new Int32Array(1024)
  private top = 0
  private readonly starts: Int32Array
  /** Index of a key and 1; 0: free. Twice as long as there are keys at least. */
  private table = new Int32Array(4096)
  private listed = 0

  constructor(depth: number) {
    this.starts = new Int32Array(depth + 2)
  }

  open(depth: number): void {
    this.starts[depth] = this.top
  }

  close(depth: number): void {
    const start = this.starts[depth]!
    if (this.top - start > FEW) {
      // The last one in is the first one out, so that no other one's way through the table is cut.
      for (let at = this.top - 1; at >= start; at--) this.table[this.slots[at]!] = 0
      this.listed -= this.top - start
    }
    this.top = start
  }

  /** True: the object at `depth`, which is the innermost, has the key already. */
  add(depth: number, one: number, two: number): boolean {
    const start = this.starts[depth]!
    const { top } = this
    if (top === this.one.length) this.grow()
    this.one[top] = one
    this.two[top] = two
    if (top - start < FEW) {
      for (let at = start; at < top; at++) if (this.one[at] === one && this.two[at] === two) return true
      this.top++
      return false
    }
    this.top++
    if (top - start > FEW) return this.list(top, start)
    for (let at = start; at < top; at++) this.list(at, start)
    return this.list(top, start)
  }

  private list(key: number, start: number): boolean {
    if (2 * ++this.listed > this.table.length) this.widen()
    const mask = this.table.length - 1
    const one = this.one[key]!
    let slot = (one ^ (one >>> 15)) & mask
    for (let held = this.table[slot]!; held !== 0; held = this.table[slot]!) {
      if (held > start && held <= key && this.one[held - 1] === one && this.two[held - 1] === this.two[key]) return true
      slot = (slot + 1) & mask
    }
    this.table[slot] = key + 1
    this.slots[key] = slot
    return false
  }

  /** In the order in which they came, so that they can leave in the opposite one. */
  private widen(): void {
    const order: number[] = []
    for (const held of this.table) if (held !== 0) order.push(held - 1)
    order.sort((a, b) => a - b)
    this.table = new Int32Array(2 * this.table.length)
    const mask = this.table.length - 1
    for (const key of order) {
      const one = this.one[key]!
      let slot = (one ^ (one >>> 15)) & mask
      while (this.table[slot] !== 0) slot = (slot + 1) & mask
      this.table[slot] = key + 1
      this.slots[key] = slot
    }
  }

  private grow(): void {
    const longer = (list: Int32Array): Int32Array<ArrayBuffer> => {
      const next = new Int32Array(2 * list.length)
      next.set(list)
      return next
    }
    ;[this.one, this.two, this.slots] = [longer(this.one), longer(this.two), longer(this.slots)]
  }
}
