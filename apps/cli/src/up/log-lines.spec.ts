import { prettyLine } from './log-lines.js';

const options = { isColored: false, nameWidth: 9 };
const record = { level: 'info', time: '2026-11-21T10:38:15.148Z', service: 'gateway', msg: 'listening', port: 8000, host: '127.0.0.1' };

describe('a log line at the terminal', () => {
  it('shows time, service, level, message and fields', () => {
    expect(prettyLine('all', JSON.stringify(record), options)).toBe('10:38:15.148 gateway   | info  listening port=8000 host=127.0.0.1');
  });

  it('is named for its service also when several share a process, and for the process when it does not say', () => {
    expect(prettyLine('gateway+extractor', JSON.stringify(record), options)).toContain(' gateway   | ');
    expect(prettyLine('postgres', JSON.stringify({ level: 'warn', msg: 'x' }), options)).toContain(' postgres  | warn  x');
  });

  it('shows the message of an error, and no stack', () => {
    const line = prettyLine(
      'gateway',
      JSON.stringify({ ...record, error: { type: 'Error', message: 'no space left', stack: 'at …' } }),
      options,
    );
    expect(line).toContain('error="no space left"');
    expect(line).not.toContain('at …');
  });

  it.each(['plain words', '{"half": ', '[1]'])('leaves %s as it is', (line) =>
    expect(prettyLine('postgres', line, options)).toMatch(new RegExp(`postgres  \\| ${line.replace(/[[\]{]/g, '\\$&')}$`)),
  );

  it('has colours only where they are wanted', () => {
    expect(prettyLine('a', JSON.stringify(record), options)).not.toContain('\u001b[');
    expect(prettyLine('a', JSON.stringify(record), { ...options, isColored: true })).toContain('\u001b[36minfo');
  });
});
