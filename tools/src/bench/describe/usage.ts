import { endedChildrenProcessorMs, ownProcessorMs, treeProcessorMs, treePssMb } from '../../stack/process-tree.js';
import type { DescribeStack } from './stack.js';

/** What the parts of a stack have used up to a moment: processor time, statements, transactions. */
export interface Usage {
  processorMs: Record<string, number>;
  statements: number;
  transactions: number;
}

export async function usageOf({ servers, gateway, extractor, transactions }: DescribeStack): Promise<Usage> {
  const counted = await Promise.all([gateway, extractor].map((service) => service.counter('earshot_database_statements_total')));
  return {
    statements: counted.reduce((sum, n) => sum + n, 0),
    transactions: await transactions(),
    processorMs: {
      gateway: treeProcessorMs(gateway.pid),
      extractor: ownProcessorMs(extractor.pid),
      sandbox: treeProcessorMs(extractor.pid) - ownProcessorMs(extractor.pid),
      postgres: treeProcessorMs(servers.postgres.pid),
      ...(servers.redis?.pid !== undefined && { redis: treeProcessorMs(servers.redis.pid) }),
      k6: endedChildrenProcessorMs(),
    },
  };
}

/** By request, between two moments. */
export function usagePerRequest(before: Usage, after: Usage, requests: number) {
  const processorMs = Object.entries(after.processorMs).map(([name, ms]) => [
    name,
    rounded((ms - (before.processorMs[name] ?? 0)) / requests),
  ]);
  return {
    statementsPerRequest: rounded((after.statements - before.statements) / requests),
    transactionsPerRequest: rounded((after.transactions - before.transactions) / requests),
    processorMsPerRequest: Object.fromEntries(processorMs),
  };
}

export function memoryMb({ servers, gateway, extractor }: DescribeStack): Record<string, number> {
  const pids = { gateway: gateway.pid, 'extractor with sandbox': extractor.pid, postgres: servers.postgres.pid, redis: servers.redis?.pid };
  return Object.fromEntries(Object.entries(pids).flatMap(([name, pid]) => (pid === undefined ? [] : [[name, Math.round(treePssMb(pid))]])));
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
