// Without the whitelists a playlist named .mp3 makes ffmpeg read other files, or fetch URLs. No -t: it cuts by timestamp, and
// made 0.26 s of a valid FLAC of 25.7 s. No pipe:0: it loses the gapless trimming of MP3.
const inputOptions =
  '-nostdin -hide_banner -v error -max_alloc 268435456 -threads 1 -protocol_whitelist file -format_whitelist wav,mp3,flac,ogg,mov,aac,matroska,aiff,asf,caf,amr,ac3,wv';
// A WAV says its rate and channels, bare samples would not.
const outputOptions = '-map 0:a:0 -vn -sn -dn -c:a pcm_f32le -f wav';

/** What comes instead of a WAV where ffmpeg cannot be run. */
export const missingMark = 'no ffmpeg';

/** Shell that decodes a file to a WAV on standard output. What counts is what comes out: its exit code says nothing, but for these two. */
export function ffmpegScript(file: string): string {
  return `ffmpeg ${inputOptions} -i "file:"${file} ${outputOptions} pipe:1 2>/dev/null; [ $? -ge 126 ] && printf '${missingMark}'`;
}
