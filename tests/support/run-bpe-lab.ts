import { expect } from 'vitest';
import { run } from '../../src/cli/main';
import { MemoryIo } from './memory-io';

export type Files = ConstructorParameters<typeof MemoryIo>[0];

/** Runs a command on files in memory. Arguments in a string are separated by spaces. */
export async function runBpeLab(args: string | readonly string[], files: Files = {}) {
	const io = new MemoryIo(files);
	const code = await run(typeof args === 'string' ? args.split(' ').filter(Boolean) : args, io);
	return Object.assign(io, { code });
}

export type Run = Awaited<ReturnType<typeof runBpeLab>>;

/** Expects that a run failed with this message on one line, and wrote nothing. */
export function expectRefusal({ code, output, saved, filled, warnings }: Run, message: string) {
	expect({ code, output, saved, filled }).toEqual({ code: 2, output: '', saved: {}, filled: {} });
	expect(warnings).toEqual([expect.stringContaining(message)]);
	expect(warnings[0]).not.toContain('\n');
}
