import { readFileSync } from 'node:fs';
import type { Kind } from '@earshot/contracts';
import { type Command, Option } from 'commander';
import { z } from 'zod';

/** A flag for each option of the kind: `topK` is `--top-k N`, a list is given with commas or in JSON, what is true or false without a value. */
export function addOptions(command: Command, kind: Kind): void {
  for (const [name, member] of Object.entries(kind.input.shape)) {
    const { description } = z.toJSONSchema(member as z.ZodType, { io: 'input', unrepresentable: 'any' });
    const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const isRequired = !(member as z.ZodType).safeParse(undefined).success;
    if (kindOf(member) === 'boolean') command.option(`--${flag}`, description);
    else command.addOption(new Option(`--${flag} <value>`, description).makeOptionMandatory(isRequired));
    if (kindOf(member) === 'array' && flag.endsWith('s')) command.addOption(new Option(`--${flag.slice(0, -1)} <value>`).hideHelp());
  }
}

/** What was given of them, each in the form of its schema; a value that ends with `.json` is the file that has it. */
export function optionsOf(kind: Kind, given: Record<string, unknown>): Record<string, unknown> {
  const options: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(kind.input.shape)) {
    const type = kindOf(member);
    const value = given[name] ?? (type === 'array' ? given[name.slice(0, -1)] : undefined);
    if (value === undefined) continue;
    if (type === 'array') options[name] = listOf(String(value));
    else if (type === 'number') options[name] = Number(value);
    else options[name] = typeof value === 'string' ? contentOf(value) : value;
  }
  return options;
}

/** `a,b`, or a list in JSON, whose entries may have commas in them. */
function listOf(text: string): unknown {
  return text.trimStart().startsWith('[') ? JSON.parse(text) : text.split(',').map(contentOf);
}

function contentOf(value: string): unknown {
  return value.endsWith('.json') ? JSON.parse(readFileSync(value, 'utf8')) : value.trim();
}

function kindOf(member: z.core.$ZodType): string {
  return member instanceof z.ZodOptional || member instanceof z.ZodDefault ? kindOf(member.unwrap()) : member._zod.def.type;
}
