import { setTimeout as sleep } from 'node:timers/promises';
import type { Part } from '../run.js';

/** Of PostgreSQL: the statement was cancelled (as a time limit does), it was the victim of a deadlock, the disk is full. */
const codes = ['57014', '40P01', '53100'];

/** What becomes of a row in the statement that fails. */
const moments = {
  claim: `before update on task for each row when (old.state = 'queued' and new.state = 'running')`,
  commit: `before update on task for each row when (old.state = 'running' and new.state in ('succeeded', 'failed'))`,
  accept: 'before insert on job for each row',
};

/** So often it is asked whether all shots of a salvo have been fired: by looks and not by time, for who is away fires none. */
const looks = 40;
const lookEveryMs = 200;

/**
 * Lets claims, commits and accepts fail with codes that say nothing against their data. PostgreSQL itself raises them, from a trigger
 * that has shots to fire; a sequence counts these, for what it counts is not undone with the statement that fails.
 */
export const sqlErrors: Part = {
  name: 'sql-errors',
  isFault: true,
  atLeast: ({ sqlErrorsEach }) => ({ sqlErrors: Math.ceil(0.8 * sqlErrorsEach * codes.length * Object.keys(moments).length) }),
  async run(run, random) {
    const { office, sizes } = run;
    await office.read(setUpScript);
    for (const [moment, when] of Object.entries(moments))
      await office.read(
        `create sequence chaos.${moment}; create trigger chaos_${moment} ${when} execute function chaos.shoot('${moment}')`,
      );
    const salvos = codes.flatMap((code) => Object.keys(moments).map((moment) => ({ moment, code })));
    const from = random.between(0.03, 0.06);
    for (const [n, { moment, code }] of salvos.entries()) {
      await run.until(from + (n / salvos.length) * (0.95 - from));
      const [armed] = await office.read<{ before: number; until: number }>(armStatement(moment), [moment, code, sizes.sqlErrorsEach]);
      let shots = 0;
      for (let look = 0; look < looks && shots < sizes.sqlErrorsEach; look++) {
        await sleep(lookEveryMs);
        const [fired] = await office.read<{ shots: number }>(firedStatement(moment), [armed?.before, armed?.until]);
        shots = fired?.shots ?? 0;
      }
      await office.read('delete from chaos.armed');
      run.count('sqlErrors', shots);
      run.tell('SQL errors', `${shots} times ${code} on ${moment}`);
    }
  },
};

const setUpScript = `
create schema chaos;
create table chaos.armed (moment text primary key, code text not null, until bigint not null);
create function chaos.shoot() returns trigger language plpgsql as $$
declare shot chaos.armed;
begin
  select * into shot from chaos.armed where moment = tg_argv[0];
  if found and nextval('chaos.' || tg_argv[0]) <= shot.until then
    raise exception 'chaos: % fails', tg_argv[0] using errcode = shot.code;
  end if;
  return new;
end $$`;

const armStatement = (moment: string) => `
insert into chaos.armed select $1, $2, last_value + $3 from chaos.${moment}
on conflict (moment) do update set code = excluded.code, until = excluded.until
returning until - $3 as before, until`;

const firedStatement = (moment: string) => `select (least(last_value, $2) - $1)::int as shots from chaos.${moment}`;
