import { CharacterClasses } from './character-classes';
import type { CodePointSet } from './code-point-set';
import { ANCHORS, Op, UNLIMITED, type Program } from './program';
import { alwaysSucceeds, isSetLoop, simplify } from './simplify';
import { canBeEmpty, childrenOf, type RegexNode } from './syntax';

/**
 * Maximum work for computing first sets, in table entries. Beyond this limit, patterns are compiled without first
 * sets.
 */
const MAX_ANALYSIS = 50_000_000;
/** Maximum number of entries in each of `tables` and `follows`. */
const MAX_TABLE_ENTRIES = 1 << 22;

/** Compiles a pattern. @throws RangeError if it is too large */
export function compile(node: RegexNode): Program {
	return new Compiler(simplify(node)).program;
}

/** An address filled in later. */
interface Label {
	at: number;
}

interface Choice {
	readonly first: Uint8Array | null;
	readonly label: Label;
}

/** What follows a node in a pattern. */
interface Continuation {
	/** Classes that can follow the node, with a last entry for the end of the text; `null` if any class can. */
	readonly follow: Uint8Array | null;
	/** Whether the rest of the pattern always succeeds, so that the search never backtracks into what precedes it. */
	readonly accepts: boolean;
}

const ACCEPT: Continuation = { follow: null, accepts: true };
const ANYTHING: Continuation = { follow: null, accepts: false };

class Compiler {
	readonly program: Program;
	readonly #sets = new Map<string, number>();
	readonly #setIndex = new Map<CodePointSet, number>();
	readonly #classes: CharacterClasses;
	/** Number of classes, plus one for the end of the text. */
	readonly #width: number;
	readonly #code: (number | Label)[] = [];
	readonly #tables: Label[] = [];
	readonly #follows: number[] = [];
	readonly #fail: Label = { at: 0 };
	#registers = 0;
	#analysis = 0;

	constructor(node: RegexNode) {
		const sets: CodePointSet[] = [];
		this.#collect(node, sets);
		this.#classes = new CharacterClasses(sets);
		this.#width = this.#classes.count + 1;
		this.#emit(node, ACCEPT);
		this.#code.push(Op.match);
		this.#place(this.#fail);
		this.#code.push(Op.fail);
		const any = new Uint8Array(this.#width).fill(1);
		this.program = {
			code: Int32Array.from(this.#code, addressOf),
			classes: this.#classes,
			tables: Int32Array.from(this.#tables, addressOf),
			follows: Uint8Array.from(this.#follows),
			first: this.#first(node, null) ?? any,
			registers: this.#registers
		};
	}

	#collect(node: RegexNode, sets: CodePointSet[]): void {
		for (const child of childrenOf(node)) this.#collect(child, sets);
		if (node.type !== 'set') return;
		const key = node.set.join();
		let index = this.#sets.get(key);
		if (index === undefined) {
			this.#sets.set(key, (index = sets.length));
			sets.push(node.set);
		}
		this.#setIndex.set(node.set, index);
	}

	/** Index of a set's first entry in the membership table. */
	#base(set: CodePointSet): number {
		return (this.#setIndex.get(set) ?? 0) * this.#classes.count;
	}

	#members(set: CodePointSet): Uint8Array {
		const base = this.#base(set);
		const members = new Uint8Array(this.#width);
		members.set(this.#classes.members.subarray(base, base + this.#classes.count));
		return members;
	}

	#place(label: Label): void {
		label.at = this.#code.length;
	}

	/**
	 * Classes of characters that a node followed by `follow` can begin with; `null` if it can begin with any.
	 * Including too many classes makes the program slower but not wrong.
	 */
	#first(node: RegexNode, follow: Uint8Array | null): Uint8Array | null {
		this.#analysis += this.#width;
		if (this.#analysis > MAX_ANALYSIS) return null;
		switch (node.type) {
			case 'set':
				return this.#members(node.set);
			case 'sequence':
				return node.parts.reduceRight((after, part) => this.#first(part, after), follow);
			case 'alternatives': {
				const all = new Uint8Array(this.#width);
				for (const branch of node.branches) {
					const one = this.#first(branch, follow);
					if (one === null) return null;
					addTo(all, one);
				}
				return all;
			}
			case 'repeat': {
				if (node.most === 0) return follow;
				const body = this.#first(node.body, follow);
				if (node.least > 0 || body === null) return body;
				return follow === null ? null : addTo(body.slice(), follow);
			}
			case 'atomic':
				return this.#first(node.body, follow);
			case 'look': {
				if (!node.ahead || node.body.type !== 'set') return follow;
				const members = this.#members(node.body.set);
				const wanted = node.negative ? 0 : 1;
				return members.map((member, i) =>
					member === wanted && (follow === null || follow[i] === 1) ? 1 : 0
				);
			}
			case 'anchor': {
				if (node.at !== 'text end') return follow;
				const end = new Uint8Array(this.#width);
				end[this.#width - 1] = 1;
				return end;
			}
		}
	}

	/** Writes instructions that match a node, moving forwards. */
	#emit(node: RegexNode, after: Continuation): void {
		const code = this.#code;
		switch (node.type) {
			case 'set':
				code.push(Op.set, this.#base(node.set));
				break;
			case 'sequence': {
				const continuations = [after];
				for (let i = node.parts.length - 1; i > 0; i--) {
					const next = continuations[continuations.length - 1];
					continuations.push(this.#before(node.parts[i], next));
				}
				for (const part of node.parts) this.#emit(part, continuations.pop() ?? after);
				break;
			}
			case 'alternatives': {
				const end: Label = { at: 0 };
				const choices = node.branches.map((branch) => ({
					first: this.#first(branch, after.follow),
					label: { at: 0 }
				}));
				this.#choose(choices);
				node.branches.forEach((branch, i) => {
					this.#place(choices[i].label);
					this.#emit(branch, after);
					if (i + 1 < node.branches.length) code.push(Op.jump, end);
				});
				this.#place(end);
				break;
			}
			case 'repeat':
				this.#repeat(node, after);
				break;
			case 'atomic':
				if (isSetLoop(node.body)) {
					this.#repeat(node.body, ACCEPT);
				} else {
					const register = this.#register(1);
					code.push(Op.atomic, register);
					// The rest of the pattern must not influence how the group matches.
					this.#emit(node.body, ACCEPT);
					code.push(Op.atomicEnd, register);
				}
				break;
			case 'look':
				this.#lookaround(node);
				break;
			case 'anchor':
				code.push(Op.anchor, ANCHORS.indexOf(node.at));
		}
	}

	#before(node: RegexNode, after: Continuation): Continuation {
		return {
			follow: this.#first(node, after.follow),
			accepts: after.accepts && alwaysSucceeds(node)
		};
	}

	#register(count: number): number {
		this.#registers += count;
		return this.#registers - count;
	}

	#repeat(node: Extract<RegexNode, { type: 'repeat' }>, after: Continuation): void {
		const code = this.#code;
		const { body, least, most, lazy } = node;
		if (most === 0) return;
		if (isSetLoop(node)) {
			const { set } = node.body;
			const limit = Math.min(most, UNLIMITED);
			if (after.accepts || this.#areDisjoint(set, after.follow)) {
				code.push(Op.loopAtomic, this.#base(set), least, limit);
				return;
			}
			code.push(Op.loop, this.#base(set), least, limit, this.#followTable(after.follow));
			return;
		}
		const exit: Choice = { first: after.follow, label: { at: 0 } };
		const start: Choice = { first: this.#first(body, after.follow), label: { at: 0 } };
		const choices = lazy ? [exit, start] : [start, exit];
		if (least === 0 && most === 1) {
			this.#choose(choices);
			this.#place(start.label);
			this.#emit(body, after);
		} else if (least <= 1 && most === Infinity && !canBeEmpty(body)) {
			const again: Label = { at: 0 };
			if (least === 1) code.push(Op.jump, start.label);
			this.#place(again);
			this.#choose(choices);
			this.#place(start.label);
			// An iteration can be followed by another iteration or by whatever follows the loop.
			const follow = start.first && after.follow ? addTo(start.first.slice(), after.follow) : null;
			this.#emit(body, { follow, accepts: after.accepts && !lazy });
			code.push(Op.jump, again);
		} else {
			this.#counted(node, exit.label, () => this.#emit(body, ANYTHING));
		}
		this.#place(exit.label);
	}

	#counted(
		{ least, most, lazy }: Extract<RegexNode, { type: 'repeat' }>,
		exit: Label,
		emitBody: () => void
	): void {
		const register = this.#register(2);
		const again: Label = { at: 0 };
		this.#code.push(Op.count, register);
		this.#place(again);
		this.#code.push(Op.again, register, least, Math.min(most, UNLIMITED), exit, lazy ? 1 : 0);
		this.#code.push(Op.enter, register);
		emitBody();
		this.#code.push(Op.jump, again);
	}

	#areDisjoint(set: CodePointSet, follow: Uint8Array | null): boolean {
		if (follow === null) return false;
		const { members, count } = this.#classes;
		const base = this.#base(set);
		for (let id = 0; id < count; id++) if (members[base + id] && follow[id]) return false;
		return true;
	}

	#followTable(follow: Uint8Array | null): number {
		const at = this.#follows.length;
		if (follow === null || at + follow.length > MAX_TABLE_ENTRIES) return -1;
		for (const flag of follow) this.#follows.push(flag);
		return at;
	}

	/** Writes instructions that try, in order of preference, the choices that the next character allows. */
	#choose(choices: readonly Choice[]): void {
		const width = this.#width;
		this.#analysis += width * choices.length;
		const isLarge =
			this.#analysis > MAX_ANALYSIS || this.#tables.length + width > MAX_TABLE_ENTRIES;
		if (isLarge || choices.every(({ first }) => first === null)) {
			this.#tryInOrder(choices);
			return;
		}
		const chains = new Map<string, { readonly label: Label; readonly chosen: readonly Choice[] }>();
		const table: Label[] = [];
		for (let id = 0; id < width; id++) {
			const chosen: number[] = [];
			choices.forEach(({ first }, i) => {
				if (first === null || first[id] === 1) chosen.push(i);
			});
			if (chosen.length === 0) table.push(this.#fail);
			else if (chosen.length === 1) table.push(choices[chosen[0]].label);
			else {
				const key = chosen.join();
				let chain = chains.get(key);
				if (!chain) {
					chain = { label: { at: 0 }, chosen: chosen.map((i) => choices[i]) };
					chains.set(key, chain);
				}
				table.push(chain.label);
			}
		}
		if (chains.size === 1 && table.every((label) => label === table[0])) {
			this.#tryInOrder(choices);
			return;
		}
		this.#code.push(Op.dispatch, this.#tables.length);
		for (const label of table) this.#tables.push(label);
		for (const { label, chosen } of chains.values()) {
			this.#place(label);
			this.#tryInOrder(chosen);
		}
	}

	#tryInOrder(choices: readonly Choice[]): void {
		choices.forEach(({ label }, i) => {
			if (i + 1 === choices.length) {
				this.#code.push(Op.jump, label);
				return;
			}
			const next: Label = { at: 0 };
			this.#code.push(Op.split, label, next);
			this.#place(next);
		});
	}

	#lookaround({ ahead, negative, body }: Extract<RegexNode, { type: 'look' }>): void {
		const code = this.#code;
		if (body.type === 'set') {
			code.push(ahead ? Op.peek : Op.peekBack, this.#base(body.set), negative ? 1 : 0);
			return;
		}
		const emitBody = () => {
			if (ahead) this.#emit(body, ACCEPT);
			else this.#emitBack(body);
		};
		const register = this.#register(2);
		if (negative) {
			const exit: Label = { at: 0 };
			code.push(Op.not, register, exit);
			emitBody();
			code.push(Op.notEnd, register);
			this.#place(exit);
		} else {
			code.push(Op.lookaround, register);
			emitBody();
			code.push(Op.lookaroundEnd, register);
		}
	}

	/**
	 * Writes instructions that match the body of a lookbehind backwards from the current position. The instructions
	 * determine only whether the body matches.
	 */
	#emitBack(node: RegexNode): void {
		const code = this.#code;
		switch (node.type) {
			case 'set':
				code.push(Op.setBack, this.#base(node.set));
				break;
			case 'sequence':
				for (const part of node.parts.toReversed()) this.#emitBack(part);
				break;
			case 'alternatives': {
				const end: Label = { at: 0 };
				const labels = node.branches.map(() => ({ first: null, label: { at: 0 } }));
				this.#tryInOrder(labels);
				node.branches.forEach((branch, i) => {
					this.#place(labels[i].label);
					this.#emitBack(branch);
					code.push(Op.jump, end);
				});
				this.#place(end);
				break;
			}
			case 'repeat': {
				if (node.most === 0) break;
				const exit: Label = { at: 0 };
				this.#counted(node, exit, () => this.#emitBack(node.body));
				this.#place(exit);
				break;
			}
			default:
				this.#emit(node, ANYTHING);
		}
	}
}

const addressOf = (value: number | Label): number => (typeof value === 'number' ? value : value.at);

function addTo(all: Uint8Array, more: Uint8Array): Uint8Array {
	for (let id = 0; id < all.length; id++) all[id] |= more[id];
	return all;
}
