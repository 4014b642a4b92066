import { EarshotError, type ErrorCode } from '@earshot/contracts';
import { checkSurroundings } from './surroundings.js';

const migrated = async () => [];
const there = async () => undefined;
const failing = (code: ErrorCode) => () => Promise.reject(new EarshotError(code, 'status 404'));

describe('what a service finds before it starts', () => {
  it('is right when the database is up to date and the blob store answers', () =>
    expect(checkSurroundings({ pendingMigrations: migrated, pingBlobStore: there })).resolves.toBeUndefined());

  it('may be a blob store that is away for now', () =>
    expect(checkSurroundings({ pendingMigrations: migrated, pingBlobStore: failing('STORAGE_UNAVAILABLE') })).resolves.toBeUndefined());

  it('is no bucket that refuses us', () =>
    expect(checkSurroundings({ pendingMigrations: migrated, pingBlobStore: failing('STORAGE_REFUSED') })).rejects.toThrow(
      /^S3_BUCKET: expected a bucket that exists, .*status 404$/,
    ));

  it('is no database without its tables, and it is said what makes them', () =>
    expect(checkSurroundings({ pendingMigrations: async () => ['1_first', '2_next'], pingBlobStore: there })).rejects.toThrow(
      /^DATABASE_URL: .*`earshot migrate`.*2 migrations wait, the first is 1_first$/,
    ));
});
