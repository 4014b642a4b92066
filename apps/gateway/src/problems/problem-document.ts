import { type EarshotError, type ErrorCode, errorCodes, isErrorCode, type Problem, type RequestFault } from '@earshot/contracts';
import type { Failure } from '@earshot/database';

/** Where the problem came up. */
interface Occurrence {
  instance: string;
  requestId: string;
}

interface ProblemParts {
  code: ErrorCode;
  /** Of the table, unless an old system's clients know another one. */
  status?: number;
  detail: string;
  members?: Record<string, string | number>;
  faults?: RequestFault[];
}

/** The RFC 9457 document of an error. */
export function problemDocument(parts: ProblemParts, occurrence?: Occurrence): Problem {
  const { code, detail, status = errorCodes[code].status, members = {}, faults = [] } = parts;
  const { title } = errorCodes[code];
  return {
    type: `urn:earshot:problem:${code}`,
    title,
    status,
    code,
    detail,
    ...occurrence,
    ...members,
    ...(faults.length > 0 ? { errors: faults } : {}),
    help: `/docs/errors#${code}`,
  };
}

/** The document of a failure that stands in a row. */
export function failureProblem({ code, detail }: Failure): Problem {
  return isErrorCode(code) ? problemDocument({ code, detail }) : problemDocument({ code: 'INTERNAL', detail: errorCodes.INTERNAL.title });
}

/** Clients may try again: what passes by itself, and what is not ready yet. */
export function retryAfterOf({ code, spec, retryAfterSeconds = 1 }: EarshotError): number | null {
  return spec.retry || code === 'JOB_NOT_FINISHED' ? retryAfterSeconds : null;
}
