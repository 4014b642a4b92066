import { Random } from '../random.js';
import { PlaceOrder } from './place-order.js';

describe('the order of places', () => {
  it.each([
    [1, 1],
    [24, 40],
    [25, 40],
    [40, 40],
    [30, 100_000],
    [3000, 100_000],
  ])('of %d among %d is ascending, with what is held at each, time after time', (count, size) => {
    const order = new PlaceOrder(size);
    for (let round = 0; round < 3; round++) {
      const drawn = new Random(round, 'spec', count).permutation(size).subarray(0, count);
      order.places.set(drawn);
      order.held.set(drawn.map((place) => place ^ 0x55));
      order.sort(count);
      const expected = drawn.toSorted();
      expect(order.places.subarray(0, count)).toEqual(expected);
      expect(order.held.subarray(0, count)).toEqual(expected.map((place) => place ^ 0x55));
    }
  });
});
