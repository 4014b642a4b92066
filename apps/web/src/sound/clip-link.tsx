import { Link } from '@tanstack/react-router';
import { look } from '../ui/look.js';

/** The name of a clip in a line of a list, which leads to its screen. */
export function ClipLink({ clipId, filename, className }: { clipId: string; filename: string; className?: string }) {
  return (
    <Link
      to="/clips/$id"
      params={{ id: clipId }}
      className={look('flex min-h-11 min-w-0 flex-1 items-center font-medium wrap-anywhere hover:underline', className)}
    >
      {filename}
    </Link>
  );
}
