import type { IntBuffer } from '../../structures/arrays';
import type { Matcher } from '../pattern';
import { previousStart, sequenceLength } from '../utf8';
import { ANCHORS, Op, UNLIMITED, type Program } from './program';
import { excerpt } from './reader';

/**
 * Number of steps allowed regardless of the text's length. A step is a choice, a failure, or a few bytes matched by a
 * loop.
 */
const BASE_STEPS = 20_000_000;
/** Number of additional steps allowed per byte of the text. Ordinary patterns take fewer than 20 steps per byte. */
const STEPS_PER_BYTE = 1000;
/** Base-2 logarithm of the number of bytes that count as one step when a loop matches them. */
const LOOP_BYTES_LOG2 = 2;
/** Maximum number of stack entries (96 MB). */
const MAX_STACK_ENTRIES = 8_000_000;
const ENTRY = 3;
/** A stack longer than this is released before the next text, so that it does not occupy memory forever. */
const MAX_KEPT_STACK = 1 << 20;
/** Marks a stack entry that does not belong to a loop. */
const NO_LOOP = -1;
const NEWLINE = 0x0a;

const [TEXT_START, TEXT_END, LAST_LINE_END, LINE_START] = ANCHORS.keys();

/**
 * Searches UTF-8 for the matches of a pattern by backtracking, as the reference libraries do. Choices are stored on a
 * separate stack, so no text can overflow JavaScript's call stack.
 */
export class RegexMachine implements Matcher {
	/** First byte and end byte (exclusive) of the latest match. */
	#matchStart = 0;
	#matchEnd = 0;
	readonly #program: Program;
	readonly #pattern: string;
	readonly #registers: Int32Array;
	#stack = new Int32Array(ENTRY * 256);
	#steps = BASE_STEPS;
	#maxSteps = BASE_STEPS;

	/** @param pattern quoted in error messages */
	constructor(program: Program, pattern: string) {
		this.#program = program;
		this.#pattern = pattern;
		this.#registers = new Int32Array(program.registers);
	}

	get steps(): number {
		return this.#maxSteps - this.#steps;
	}

	begin(byteCount: number): void {
		this.#steps = this.#maxSteps = BASE_STEPS + byteCount * STEPS_PER_BYTE;
		if (this.#stack.length > MAX_KEPT_STACK) this.#stack = new Int32Array(ENTRY * 256);
	}

	/** Appends all matches. As in the reference libraries, an empty match directly after another match is skipped. */
	findInBytes(bytes: Uint8Array, start: number, end: number, matches: IntBuffer): void {
		let last = -1;
		for (let from = start; from <= end && this.#find(bytes, start, end, from);) {
			const at = this.#matchStart;
			from = this.#matchEnd;
			if (at === from) {
				from = at < end ? at + sequenceLength(bytes[at]) : end + 1;
				if (at === last) continue;
			}
			matches.push(at);
			matches.push(this.#matchEnd);
			last = this.#matchEnd;
		}
	}

	/**
	 * Finds the first match in `bytes[start, end)` (well-formed UTF-8) that begins at byte `from` or later. Bytes
	 * outside the range are ignored. Returns whether there is a match.
	 * @throws Error if the search takes more steps than {@link begin} allowed
	 */
	#find(bytes: Uint8Array, start: number, end: number, from: number): boolean {
		const { first, classes } = this.#program;
		const { ascii, count } = classes;
		const canBeginAtEnd = first[count] === 1;
		let at = from;
		for (;;) {
			while (at < end) {
				const lead = bytes[at];
				if (first[lead < 0x80 ? ascii[lead] : this.#classAt(bytes, at)] === 1) break;
				at += lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
			}
			if (at >= end && !canBeginAtEnd) return false;
			const matched = this.#run(bytes, start, end, at);
			if (matched >= 0) {
				this.#matchStart = at;
				this.#matchEnd = matched;
				return true;
			}
			if (at >= end) return false;
			const lead = bytes[at];
			at += lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
		}
	}

	#classAt(bytes: Uint8Array, at: number): number {
		const { ascii, pages, pageOf } = this.#program.classes;
		const lead = bytes[at];
		if (lead < 0x80) return ascii[lead];
		// Decodes inline, because a function call would be slower on Chinese text.
		let code: number;
		if (lead < 0xe0) code = ((lead & 0x1f) << 6) | (bytes[at + 1] & 0x3f);
		else if (lead < 0xf0) {
			code = ((lead & 0x0f) << 12) | ((bytes[at + 1] & 0x3f) << 6) | (bytes[at + 2] & 0x3f);
		} else {
			code =
				((lead & 0x07) << 18) |
				((bytes[at + 1] & 0x3f) << 12) |
				((bytes[at + 2] & 0x3f) << 6) |
				(bytes[at + 3] & 0x3f);
		}
		return pages[pageOf[code >> 8] + (code & 0xff)];
	}

	/** Returns the end byte (exclusive) of the match that begins at byte `from`; -1 if there is none. */
	#run(bytes: Uint8Array, start: number, end: number, from: number): number {
		const { code, classes, tables, follows } = this.#program;
		const { ascii, members, count } = classes;
		const registers = this.#registers;
		let stack = this.#stack;
		let steps = this.#steps;
		let sp = 0;
		let pc = 0;
		let at = from;

		for (;;) {
			let failed = false;
			// One instruction can push at most two entries onto the stack.
			if (sp + 2 * ENTRY > stack.length) stack = this.#grow(at - start);
			switch (code[pc]) {
				case Op.match:
					this.#steps = steps;
					return at;
				case Op.fail:
					failed = true;
					break;
				case Op.set: {
					if (at >= end) {
						failed = true;
						break;
					}
					const lead = bytes[at];
					if (lead < 0x80) {
						if (members[code[pc + 1] + ascii[lead]] === 1) {
							at++;
							pc += 2;
						} else failed = true;
					} else if (members[code[pc + 1] + this.#classAt(bytes, at)] === 1) {
						at += lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
						pc += 2;
					} else failed = true;
					break;
				}
				case Op.split:
					stack[sp] = code[pc + 2];
					stack[sp + 1] = at;
					stack[sp + 2] = NO_LOOP;
					sp += ENTRY;
					steps--;
					pc = code[pc + 1];
					break;
				case Op.jump:
					pc = code[pc + 1];
					break;
				case Op.loop:
				case Op.loopAtomic: {
					const base = code[pc + 1];
					const least = code[pc + 2];
					const most = code[pc + 3];
					const began = at;
					let minEnd = at;
					let taken = 0;
					while (at < end && taken < most) {
						const lead = bytes[at];
						if (lead < 0x80) {
							if (members[base + ascii[lead]] === 0) break;
							at++;
						} else {
							if (members[base + this.#classAt(bytes, at)] === 0) break;
							at += lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
						}
						if (++taken === least) minEnd = at;
					}
					steps -= (at - began) >> LOOP_BYTES_LOG2;
					if (taken < least) {
						failed = true;
						break;
					}
					if (code[pc] === Op.loopAtomic) {
						pc += 4;
						break;
					}
					if (at > minEnd) {
						stack[sp] = pc;
						stack[sp + 1] = at;
						stack[sp + 2] = minEnd;
						sp += ENTRY;
					}
					pc += 5;
					break;
				}
				case Op.dispatch: {
					let id = count;
					if (at < end) {
						const lead = bytes[at];
						id = lead < 0x80 ? ascii[lead] : this.#classAt(bytes, at);
					}
					steps--;
					pc = tables[code[pc + 1] + id];
					break;
				}
				case Op.peek: {
					const inSet = at < end && members[code[pc + 1] + this.#classAt(bytes, at)] === 1;
					if (inSet === (code[pc + 2] === 1)) failed = true;
					else pc += 3;
					break;
				}
				case Op.peekBack: {
					const inSet =
						at > start &&
						members[code[pc + 1] + this.#classAt(bytes, previousStart(bytes, at))] === 1;
					if (inSet === (code[pc + 2] === 1)) failed = true;
					else pc += 3;
					break;
				}
				case Op.anchor:
					if (isAnchored(code[pc + 1], bytes, start, end, at)) pc += 2;
					else failed = true;
					break;
				case Op.lookaround:
					registers[code[pc + 1]] = sp;
					registers[code[pc + 1] + 1] = at;
					pc += 2;
					break;
				case Op.lookaroundEnd:
					sp = registers[code[pc + 1]];
					at = registers[code[pc + 1] + 1];
					pc += 2;
					break;
				case Op.not:
					registers[code[pc + 1]] = sp;
					stack[sp] = code[pc + 2];
					stack[sp + 1] = at;
					stack[sp + 2] = NO_LOOP;
					sp += ENTRY;
					pc += 3;
					break;
				case Op.notEnd:
					sp = registers[code[pc + 1]];
					failed = true;
					break;
				case Op.atomic:
					registers[code[pc + 1]] = sp;
					pc += 2;
					break;
				case Op.atomicEnd:
					sp = registers[code[pc + 1]];
					pc += 2;
					break;
				case Op.count: {
					const register = code[pc + 1];
					sp = save(stack, sp, registers, register);
					sp = save(stack, sp, registers, register + 1);
					registers[register] = 0;
					registers[register + 1] = -1;
					pc += 2;
					break;
				}
				case Op.again: {
					const register = code[pc + 1];
					const done = registers[register];
					const least = code[pc + 2];
					const most = code[pc + 3];
					const isEmpty = most === UNLIMITED && done > least && registers[register + 1] === at;
					steps--;
					if (done < least) pc += 6;
					else if (isEmpty || done >= most) pc = code[pc + 4];
					else {
						const isLazy = code[pc + 5] === 1;
						stack[sp] = isLazy ? pc + 6 : code[pc + 4];
						stack[sp + 1] = at;
						stack[sp + 2] = NO_LOOP;
						sp += ENTRY;
						pc = isLazy ? code[pc + 4] : pc + 6;
					}
					break;
				}
				case Op.enter: {
					const register = code[pc + 1];
					sp = save(stack, sp, registers, register);
					sp = save(stack, sp, registers, register + 1);
					registers[register]++;
					registers[register + 1] = at;
					pc += 2;
					break;
				}
				case Op.setBack: {
					if (at <= start) {
						failed = true;
						break;
					}
					at = previousStart(bytes, at);
					if (members[code[pc + 1] + this.#classAt(bytes, at)] === 1) pc += 2;
					else failed = true;
				}
			}
			// Backtracks to the latest choice that has an alternative left.
			while (failed) {
				if (--steps < 0) throw this.#tooManySteps(at - start);
				if (sp === 0) {
					this.#steps = steps;
					return -1;
				}
				sp -= ENTRY;
				pc = stack[sp];
				at = stack[sp + 1];
				if (pc < 0) {
					registers[-pc - 1] = at;
					continue;
				}
				const minEnd = stack[sp + 2];
				if (minEnd === NO_LOOP) break;
				// Shortens the loop's match until the part after the loop can begin.
				const follow = code[pc + 4];
				do {
					at = previousStart(bytes, at);
					steps--;
				} while (follow >= 0 && at > minEnd && follows[follow + this.#classAt(bytes, at)] === 0);
				if (at > minEnd) {
					stack[sp + 1] = at;
					sp += ENTRY;
				}
				pc += 5;
				break;
			}
		}
	}

	#grow(byte: number): Int32Array<ArrayBuffer> {
		const { length } = this.#stack;
		if (length >= ENTRY * MAX_STACK_ENTRIES) {
			throw new Error(
				`regular expression ${excerpt(this.#pattern)}: gave up at byte ${byte.toLocaleString('en')} of the text, because it has more than ${MAX_STACK_ENTRIES.toLocaleString('en')} choices open; write it without repetitions of groups`
			);
		}
		const stack = new Int32Array(length * 2);
		stack.set(this.#stack);
		return (this.#stack = stack);
	}

	#tooManySteps(byte: number): Error {
		return new Error(
			`regular expression ${excerpt(this.#pattern)}: gave up at byte ${byte.toLocaleString('en')} of the text after ${this.#maxSteps.toLocaleString('en')} steps, because it backtracks; write it without a repetition in a repetition`
		);
	}
}

/** Pushes the value of a register so that backtracking restores it. Returns the new height of the stack. */
function save(stack: Int32Array, sp: number, registers: Int32Array, register: number): number {
	stack[sp] = -register - 1;
	stack[sp + 1] = registers[register];
	stack[sp + 2] = NO_LOOP;
	return sp + ENTRY;
}

function isAnchored(
	anchor: number,
	bytes: Uint8Array,
	start: number,
	end: number,
	at: number
): boolean {
	switch (anchor) {
		case TEXT_START:
			return at === start;
		case TEXT_END:
			return at === end;
		case LAST_LINE_END:
			return at === end || (at === end - 1 && bytes[at] === NEWLINE);
		case LINE_START:
			return at === start || (bytes[at - 1] === NEWLINE && at < end);
		default:
			return at === end || bytes[at] === NEWLINE;
	}
}
