import type { Database } from '@earshot/database';
import { z } from 'zod';
import type { History } from '../load/history.js';
import { knownClip } from '../load/known-clip.js';
import { type Finding, violationOf } from './finding.js';

const result = z.object({
  items: z.tuple([z.object({ result: z.object({ frames: z.number(), durationSeconds: z.number(), peak: z.number() }) })]),
});
const readersAtOnce = 16;

/** Every acknowledged upload has the one result that its own signal demands, as its caller can read it. */
export async function checkUploads(url: string, database: Database, { uploads, clipsToCancel, unanswered }: History): Promise<Finding> {
  const lost: unknown[] = [];
  const wrong: unknown[] = [];
  const waiting = [...uploads];
  const read = async () => {
    for (let upload = waiting.pop(); upload !== undefined; upload = waiting.pop()) {
      const answer = await fetch(`${url}/api/v1/jobs/${upload.jobId}/result`);
      const body: unknown = await answer.json();
      const found = answer.status === 200 ? result.safeParse(body) : null;
      if (!found?.success) lost.push({ clip: upload.clipNumber, jobId: upload.jobId, status: answer.status });
      else if (!isOf(upload.clipNumber, found.data.items[0].result)) wrong.push({ clip: upload.clipNumber, jobId: upload.jobId });
    }
  };
  await Promise.all(Array.from({ length: readersAtOnce }, read));

  const text = `
    select c.filename, count(*)::int as items from item i join job j on j.id = i.job_id join clip c on c.id = i.clip_id where j.kind = 'describe' group by 1`;
  const rows = await database.run<{ filename: string; items: number }>({ name: '', text }, []);
  const asked = new Set([...uploads.map(({ clipNumber }) => clipNumber), ...clipsToCancel].map((clipNumber) => `clip-${clipNumber}.wav`));
  const doubled = rows.filter(({ items }) => items > 1);
  const answeredTwice = uploads.length - new Set(uploads.map(({ jobId }) => jobId)).size;
  const nobodys = rows.filter(({ filename }) => !asked.has(filename));
  return {
    figures: {
      acknowledged: uploads.length,
      lost: lost.length,
      wrong: wrong.length,
      doubled: doubled.length + answeredTwice,
      unanswered,
      unansweredButDone: nobodys.length,
      slowestAnswerMs: Math.round(Math.max(0, ...uploads.map(({ answeredMs }) => answeredMs))),
    },
    violations: [
      ...violationOf('acknowledged uploads have no result', lost),
      ...violationOf('results are not those of their clips', wrong),
      ...violationOf('uploads were made into several items', doubled),
      ...(answeredTwice > 0 ? [`${answeredTwice} uploads were answered with another upload's job`] : []),
      ...(nobodys.length > unanswered
        ? [`${nobodys.length} uploads are there that nobody was told of, ${unanswered} went unanswered`]
        : []),
    ],
  };
}

function isOf(clipNumber: number, { frames, durationSeconds, peak }: { frames: number; durationSeconds: number; peak: number }): boolean {
  const known = knownClip(clipNumber);
  return frames === known.frames && durationSeconds === known.durationSeconds && Math.abs(peak - known.peak) < 1e-6;
}
