import { setTimeout as sleep } from 'node:timers/promises';

/** Postgres may be away at this very moment. */
export async function untilAnswered<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      if (attempt === 300) throw error;
      await sleep(300);
    }
  }
}
