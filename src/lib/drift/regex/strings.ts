import { IntBuffer } from '../../engine/stages';
import {
	findInText,
	compileRegex,
	intersection,
	type CodePointSet,
	type Matcher,
	type RegexNode
} from '../../engine/text';

/** Maximum number of examples per node. */
const MAX_EXAMPLES = 48;
/** Maximum number of branches to try per alternation, because a pattern may contain a whole word list. */
const MAX_BRANCHES = 400;
/** Maximum repetition count in an example. */
const MAX_REPEAT = 300;

/** Sample characters from one part of a partition of Unicode, in order of preference. */
export interface PartCharacters {
	readonly part: CodePointSet;
	readonly characters: readonly string[];
}

/**
 * Strings that a pattern matches, and some near matches. They cover every branch, each part of Unicode that a class
 * overlaps, every repetition count and the next higher one, and every lookaround. In most of the strings, all parts of
 * the pattern except one are represented by their first example.
 */
export function regexStrings(node: RegexNode, parts: readonly PartCharacters[]): string[] {
	const examples = new Map<RegexNode, readonly string[]>();

	function of(one: RegexNode): readonly string[] {
		let found = examples.get(one);
		if (!found) examples.set(one, (found = [...new Set(make(one))].slice(0, limit(one))));
		return found;
	}

	function make(one: RegexNode): readonly string[] {
		switch (one.type) {
			case 'set':
				return charactersOf(one.set, parts);
			case 'alternatives':
				return one.branches.slice(0, MAX_BRANCHES).flatMap((branch) => of(branch));
			case 'sequence':
				return oneAtATime(one.parts.map(of));
			case 'repeat':
				return repeats(of(one.body), one.least, one.most);
			case 'atomic':
				return of(one.body);
			case 'look':
				return one.negative ? ['', ...of(one.body).slice(0, 4)] : [...of(one.body), ''];
			case 'anchor':
				return [''];
		}
	}

	return [...of(node)];
}

const limit = (node: RegexNode): number =>
	node.type === 'alternatives' ? MAX_BRANCHES * 4 : 4 * MAX_EXAMPLES;

function charactersOf(set: CodePointSet, parts: readonly PartCharacters[]): string[] {
	if (set.length === 1 && set[0][0] === set[0][1]) return [String.fromCodePoint(set[0][0])];
	const found: string[] = [];
	for (const { part, characters } of parts) {
		if (found.length >= MAX_EXAMPLES) break;
		if (intersection(part, set).length > 0) found.push(characters[0]);
	}
	return found;
}

function oneAtATime(examples: readonly (readonly string[])[]): string[] {
	if (examples.some((list) => list.length === 0)) return [];
	const first = examples.map(([one]) => one);
	const found = [first.join('')];
	examples.forEach((list, i) => {
		for (const one of list.slice(1, MAX_EXAMPLES)) found.push(first.with(i, one).join(''));
	});
	// Also joins the last example of every part, in case two optional parts depend on each other.
	found.push(examples.map((list) => list[list.length - 1]).join(''));
	return found;
}

function repeats(body: readonly string[], min: number, max: number): string[] {
	if (body.length === 0) return min === 0 ? [''] : [];
	const counts = new Set([Math.max(1, min), min, min + 1, 2, 3]);
	if (max !== Infinity) {
		counts.add(max);
		counts.add(max + 1);
	}
	const found: string[] = [];
	for (const count of counts) {
		if (count > MAX_REPEAT) continue;
		for (const one of count <= 1 ? body : body.slice(0, 8)) found.push(one.repeat(count));
	}
	for (let i = 0; i + 1 < body.length && i < 12; i++) found.push(body[i] + body[i + 1]);
	return found;
}

/** Far more steps than a short text should need. */
const SLOW_STEPS = 200_000;
const MAX_BACKTRACKING_REPEATS = 40;
const MAX_REPEATED_TEXTS = 40;

/**
 * Finds a short text on which a pattern backtracks excessively; `null` if none is found. Repeats texts that the pattern
 * matches, followed by an unexpected character, and adds two repetitions per attempt, so that exponential growth is
 * detected early. If the work grows linearly, only the largest number of repetitions is tried.
 */
export function endlessText(
	{ source, node }: { readonly source: string; readonly node: RegexNode },
	parts: readonly PartCharacters[]
): string | null {
	const matcher = compileRegex(source);
	const bodies = new Set<string>();
	for (const text of regexStrings(node, parts)) {
		if (text === '' || text.length > 8) continue;
		bodies.add(text);
		for (const character of text) bodies.add(character);
		if (bodies.size >= MAX_REPEATED_TEXTS) break;
	}
	const ends = ['', '!', '\u0378', 'a'];
	for (const body of bodies) {
		for (const end of ends) {
			const repeated = (times: number) => body.repeat(times) + end;
			const stepsFor = (times: number) => countSteps(matcher, repeated(times));
			// If the work is linear, going from eight to ten repetitions increases it by at most a quarter.
			const isLinear = stepsFor(10) <= 1.3 * stepsFor(8);
			if (isLinear && stepsFor(MAX_BACKTRACKING_REPEATS) <= SLOW_STEPS) continue;
			let before = 0;
			for (let times = 8; times <= MAX_BACKTRACKING_REPEATS; times += 2) {
				const text = repeated(times);
				const steps = countSteps(matcher, text);
				if (steps > SLOW_STEPS && steps > 1.5 * before) return text;
				before = steps;
			}
		}
	}
	return null;
}

/** Number of steps needed to find all matches; Infinity if the matcher gives up. */
function countSteps(matcher: Matcher, text: string): number {
	try {
		findInText(matcher, text, new IntBuffer());
		return matcher.steps;
	} catch {
		return Infinity;
	}
}
