import { ffmpegScript } from '../decoding/ffmpeg-script.js';

/** No dumps of memory; open files; the size of a file in blocks of 512 bytes: 16 GB, what a clip may decode to at most. */
export const limitsScript = 'ulimit -c 0; ulimit -n 512; ulimit -f 33554432\n';

/**
 * What runs beside the Node of a child, in its place and under its rules, in the shell that every system has: the first process, which
 * waits for Node, and one that hears the parent. That one starts ffmpeg, for Node's permission model lets Node start nothing, and ends
 * Node when the parent has gone, even while Node is in a busy loop. A line that it reads is the number of a call and the file to decode;
 * a byte that it writes says that what ffmpeg makes of it can be read from a pipe in the child's folder.
 */
export const starterScript = `own=$1; shift
umask 077
exec 4<&0 5>&1 </dev/null >/dev/null
"$@" 4<&- 5>&- &
node=$!
{
  while read -r call file; do
    mkfifo "$own/pcm-$call" && printf . >&5
    { ${ffmpegScript('"$file"')}; } >"$own/pcm-$call"
  done
  kill -KILL $node
} <&4 4<&- 3>&- &
helper=$!
exec 3>&- 4<&- 5>&-
wait $node
code=$?
kill -KILL $helper
exit $code
`;
