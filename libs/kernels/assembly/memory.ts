/** First byte after the module's own data: where the arena begins. */
export function heapBase(): usize {
  return __heap_base;
}
