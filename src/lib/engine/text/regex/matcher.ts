import type { IntBuffer } from '../../structures/arrays';
import type { CompileRegex } from '../pattern';
import { sequenceLength } from '../utf8';
import { compile } from './compile';
import { RegexMachine } from './machine';
import { parseRegex } from './oniguruma';
import { excerpt } from './reader';

export const compileRegex: CompileRegex = (regex) => {
	const machine = createMachine(regex);
	return {
		begin(byteCount) {
			machine.begin(byteCount);
		},
		get steps() {
			return machine.steps;
		},
		findInBytes(bytes, start, end, matches) {
			findAll(machine, bytes, start, end, matches);
		}
	};
};

function createMachine(pattern: string): RegexMachine {
	const node = parseRegex(pattern);
	try {
		return new RegexMachine(compile(node), pattern);
	} catch (cause) {
		if (!(cause instanceof RangeError)) throw cause;
		throw new Error(`regular expression ${excerpt(pattern)}: ${cause.message}`, { cause });
	}
}

/** Appends all matches. As in the references, an empty match directly after another match does not count. */
function findAll(
	machine: RegexMachine,
	bytes: Uint8Array,
	start: number,
	end: number,
	matches: IntBuffer
): void {
	let last = -1;
	for (let from = start; from <= end && machine.find(bytes, start, end, from);) {
		const { matchStart, matchEnd } = machine;
		from = matchEnd;
		if (matchStart === matchEnd) {
			from = matchEnd < end ? matchEnd + sequenceLength(bytes[matchEnd]) : end + 1;
			if (matchStart === last) continue;
		}
		matches.push(matchStart);
		matches.push(matchEnd);
		last = matchEnd;
	}
}
