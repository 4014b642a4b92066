/** Where scratch memory stood; give it back to `release`. */
export interface ArenaMark {
  chunk: number;
  used: number;
}

interface Chunk {
  begin: number;
  end: number;
}

const pageBytes = 65_536;
const chunkBytes = 1 << 22;
const alignment = 16;

/**
 * The one memory of a worker's kernels. Tables are kept for ever; scratch is a stack: take, use, release to a mark. Pointers are byte
 * offsets, aligned to 16. A view is valid until the memory grows, so take all you need first, then make the views.
 */
export class Arena {
  private readonly scratch: Chunk[] = [];
  private chunk = 0;
  private used = 0;
  private kept: Chunk;

  constructor(
    private readonly memory: WebAssembly.Memory,
    begin: number,
  ) {
    this.kept = { begin: aligned(begin), end: memory.buffer.byteLength };
  }

  /** Bytes of the whole memory: what the kernels cost this process. It never shrinks. */
  get sizeBytes(): number {
    return this.memory.buffer.byteLength;
  }

  /** Memory that is never given back: tables. */
  keep(bytes: number): number {
    const size = aligned(bytes);
    if (this.kept.begin + size > this.kept.end) this.kept = this.grow(size);
    const pointer = this.kept.begin;
    this.kept.begin += size;
    return pointer;
  }

  /** Scratch memory, valid until a release to a mark made before. Its contents are arbitrary. */
  take(bytes: number): number {
    const size = aligned(bytes);
    for (;;) {
      const chunk = this.scratch[this.chunk] ?? this.addScratch(size);
      if (chunk.begin + this.used + size <= chunk.end) {
        const pointer = chunk.begin + this.used;
        this.used += size;
        return pointer;
      }
      this.chunk += 1;
      this.used = 0;
    }
  }

  mark(): ArenaMark {
    return { chunk: this.chunk, used: this.used };
  }

  release(mark: ArenaMark): void {
    this.chunk = mark.chunk;
    this.used = mark.used;
  }

  /** Runs `work` and releases what it took, also when it throws. */
  scoped<T>(work: () => T): T {
    const mark = this.mark();
    try {
      return work();
    } finally {
      this.release(mark);
    }
  }

  f32(pointer: number, length: number): Float32Array<ArrayBuffer> {
    return new Float32Array(this.memory.buffer, pointer, length);
  }

  f64(pointer: number, length: number): Float64Array<ArrayBuffer> {
    return new Float64Array(this.memory.buffer, pointer, length);
  }

  u32(pointer: number, length: number): Uint32Array<ArrayBuffer> {
    return new Uint32Array(this.memory.buffer, pointer, length);
  }

  i32(pointer: number, length: number): Int32Array<ArrayBuffer> {
    return new Int32Array(this.memory.buffer, pointer, length);
  }

  u8(pointer: number, length: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.memory.buffer, pointer, length);
  }

  /** Keeps a copy of the table and returns its pointer. */
  keepTable(table: Float32Array | Float64Array | Uint32Array): number {
    return this.copy(table, this.keep(table.byteLength));
  }

  /** Scratch memory with a copy of the table. */
  takeTable(table: Float32Array | Float64Array | Uint32Array): number {
    return this.copy(table, this.take(table.byteLength));
  }

  private copy(table: Float32Array | Float64Array | Uint32Array, pointer: number): number {
    new Uint8Array(this.memory.buffer).set(new Uint8Array(table.buffer, table.byteOffset, table.byteLength), pointer);
    return pointer;
  }

  private addScratch(size: number): Chunk {
    const chunk = this.grow(Math.max(size, chunkBytes));
    this.scratch.push(chunk);
    return chunk;
  }

  private grow(size: number): Chunk {
    const pages = Math.ceil(size / pageBytes);
    const begin = this.memory.grow(pages) * pageBytes;
    return { begin, end: begin + pages * pageBytes };
  }
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / alignment) * alignment;
}
