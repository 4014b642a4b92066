// The request that made a result, for a terminal and two languages: each runs as it is pasted, with nothing installed beside it.

export interface Asked {
  origin: string;
  filename: string;
  classifier: string;
  /** Where an example is fetched from; of a sound of one's own the file is read. */
  exampleUrl?: string | undefined;
  needsKey: boolean;
}

export interface Snippet {
  id: string;
  title: string;
  code: string;
  /** How it is run. */
  run: string;
}

export function snippetsOf(asked: Asked): Snippet[] {
  const ofFile = asked.exampleUrl === undefined ? ', in the folder of the file' : '';
  return [
    { id: 'curl', title: 'curl', code: curl(asked), run: `In a terminal${ofFile}.` },
    {
      id: 'typescript',
      title: 'TypeScript',
      code: typescript(asked),
      run: 'Node 20 or later: save it as listen.mts, then `npx tsx listen.mts`.',
    },
    {
      id: 'python',
      title: 'Python',
      code: python(asked),
      run: 'Python 3, nothing to install: save it as listen.py, then `python3 listen.py`.',
    },
  ];
}

const pathOf = ({ origin, classifier }: Asked) => `${origin}/api/v1/predictions?classifier=${encodeURIComponent(classifier)}`;

function curl(asked: Asked): string {
  const { filename, exampleUrl, needsKey } = asked;
  const key = needsKey ? '  -H "Authorization: Bearer $EARSHOT_KEY" \\\n' : '';
  const source = exampleUrl === undefined ? '' : `curl -s ${quoted(exampleUrl)} |\n`;
  const file =
    exampleUrl === undefined ? quoted(`file=@"${filename.replaceAll(/["\\]/g, '\\$&')}"`) : quoted(`file=@-;filename=${filename}`);
  return `${source}curl -s ${quoted(pathOf(asked))} \\\n${key}  -H 'Prefer: wait=30' \\\n  -F ${file}`;
}

function typescript(asked: Asked): string {
  const { filename, exampleUrl, needsKey } = asked;
  const [first, sound] =
    exampleUrl === undefined
      ? [`import { openAsBlob } from 'node:fs';\n\n`, `await openAsBlob(${JSON.stringify(filename)})`]
      : ['', `await (await fetch(${JSON.stringify(exampleUrl)})).blob()`];
  const key = needsKey ? ", Authorization: 'Bearer ' + process.env.EARSHOT_KEY" : '';
  return `${first}const body = new FormData();
body.append('file', ${sound}, ${JSON.stringify(filename)});
const response = await fetch(${JSON.stringify(pathOf(asked))}, {
  method: 'POST',
  headers: { Prefer: 'wait=30'${key} },
  body,
});
const { items } = await response.json();
console.log(items[0].result.label, items[0].result.confidence);`;
}

function python(asked: Asked): string {
  const { filename, exampleUrl, needsKey } = asked;
  const sound =
    exampleUrl === undefined
      ? `open(${JSON.stringify(filename)}, "rb").read()`
      : `urllib.request.urlopen(${JSON.stringify(exampleUrl)}).read()`;
  const key = needsKey ? `\n    "Authorization": "Bearer " + os.environ["EARSHOT_KEY"],` : '';
  const disposition = `Content-Disposition: form-data; name="file"; filename="${filename.replaceAll(/["\\\r\n]/g, '_')}"`;
  return `import json, ${needsKey ? 'os, ' : ''}urllib.request, uuid

sound = ${sound}
boundary = uuid.uuid4().hex
head = f'--{boundary}\\r\\n' + ${pythonText(disposition)} + '\\r\\n\\r\\n'
body = head.encode() + sound + f'\\r\\n--{boundary}--\\r\\n'.encode()
request = urllib.request.Request(${JSON.stringify(pathOf(asked))}, body, {
    "Content-Type": f"multipart/form-data; boundary={boundary}",
    "Prefer": "wait=30",${key}
})
result = json.load(urllib.request.urlopen(request))["items"][0]["result"]
print(result["label"], result["confidence"])`;
}

function pythonText(text: string): string {
  return `'${text.replaceAll(/['\\]/g, '\\$&')}'`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
