import { KeptEach } from './kept-each.js';

interface Said {
  what: string;
  madeAt: number;
}

const isSaid = (value: unknown): value is Said => typeof value === 'object' && value !== null && 'what' in value;

/** As a browser has it: what is kept are its own members. */
class FakeStorage {
  #isFull = false;
  [name: string]: unknown;

  getItem(name: string) {
    return Object.hasOwn(this, name) ? this[name] : null;
  }

  setItem(name: string, text: string) {
    if (this.#isFull) throw new DOMException('It is full', 'QuotaExceededError');
    this[name] = text;
  }

  removeItem(name: string) {
    delete this[name];
  }

  become(state: 'full' | 'roomy') {
    this.#isFull = state === 'full';
  }
}

describe('what tabs keep in one browser', () => {
  let storage: FakeStorage;
  beforeEach(() => {
    storage = new FakeStorage();
    Object.defineProperty(globalThis, 'localStorage', { value: storage, configurable: true });
  });

  const tab = () => new KeptEach('said:', isSaid);
  const said = (what: string, madeAt: number): Said => ({ what, madeAt });

  it('is by name what was said last, also where the browser did not keep what was said before', () => {
    const [one, other] = [tab(), tab()];
    one.keep('bell', said('cat', 1));
    storage.become('full');
    one.keep('bell', said('dog', 2));
    expect([one, other].map((each) => each.all().get('bell')?.what)).toEqual(['dog', 'cat']);
    storage.become('roomy');
    other.keep('bell', said('bird', 3));
    expect([one, other].map((each) => each.all().get('bell')?.what)).toEqual(['bird', 'bird']);
    expect(one.isKept).toBe(true);
  });

  it('is written with the next as soon as there is room again, and never over what another tab has said since', () => {
    const [one, other] = [tab(), tab()];
    storage.become('full');
    one.keep('bell', said('dog', 1));
    one.keep('rain', said('rain', 2));
    expect(one.isKept).toBe(false);
    storage.become('roomy');
    other.keep('bell', said('bird', 3));
    one.keep('drum', said('drum', 4));
    expect(one.isKept).toBe(true);
    const all = { bell: said('bird', 3), rain: said('rain', 2), drum: said('drum', 4) };
    expect(Object.fromEntries(tab().all())).toEqual(all);
  });

  it('is forgotten where it is still that, and stays where it has been said anew, be it the same', () => {
    const [one, other] = [tab(), tab()];
    one.keep('bell', said('cat', 1));
    storage.become('full');
    const here = said('dog', 2);
    one.keep('bell', here);
    one.forget('bell', said('cat', 1));
    expect(one.all().get('bell')).toEqual(here);
    storage.become('roomy');
    const since = said('dog', 3);
    other.keep('bell', since);
    one.forget('bell', here);
    expect([one, other].map((each) => each.all().get('bell'))).toEqual([since, since]);
    one.forget('bell', since);
    expect([one, other].map((each) => each.all().size)).toEqual([0, 0]);
  });

  it('is nothing that something else wrote there', () => {
    storage.setItem('said:bell', '{');
    storage.setItem('said:rain', '7');
    storage.setItem('theme', 'dark');
    expect(tab().all().size).toBe(0);
  });
});
