import type { Database } from '../database.js';
import { type Stateful, transitions } from '../transitions.js';

/** How each table says in which state a row is. */
const stateIn: Record<Stateful, (row: string) => string> = {
  job: (row) => `${row}.state`,
  stage: (row) => `case when ${row}.closed_at is not null then 'closed' when ${row}.opened > 0 then 'open' else 'waiting' end`,
  task: (row) => `${row}.state`,
  item: (row) => `${row}.state`,
};

/** From now on this database refuses every change of a state that is not in the table of transitions, and notes those that happen. */
export async function guardTransitions(database: Database): Promise<void> {
  const guards = (['job', 'stage', 'task', 'item'] as const).map((table) => {
    const allowed = transitions[table].map(({ from, to }) => `'${from ?? 'new'} → ${to}'`).join(', ');
    return `
      create function guard_${table}() returns trigger language plpgsql as $$
      declare
        old_state text := case tg_op when 'UPDATE' then ${stateIn[table]('old')} else 'new' end;
        new_state text := ${stateIn[table]('new')};
        step text := old_state || ' → ' || new_state;
        is_listed boolean := step = any(array[${allowed}]);
      begin
        if old_state <> new_state and not is_listed then raise exception '${table}: % is no transition', step; end if;
        if is_listed then insert into transition_seen values ('${table}', step); end if;
        return null;
      end $$;
      create trigger guard after insert or update on ${table} for each row execute function guard_${table}();`;
  });
  await database.run({ name: '', text: `create table transition_seen (what text, step text); ${guards.join('')}` }, []);
}

/** The changes of states that have happened since. */
export async function transitionsSeen(database: Database): Promise<{ what: string; step: string }[]> {
  return database.run({ name: '', text: 'select distinct what, step from transition_seen order by what, step' }, []);
}
