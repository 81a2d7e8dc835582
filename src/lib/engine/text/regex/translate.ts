import { complement, toClass } from './code-point-set';
import { propertySet } from './properties';
import { parseRegex, type RegexAnchor, type RegexNode } from './syntax';

/**
 * Translates a regular expression of tokenizer.json, which Hugging Face's library runs with Oniguruma, to a global
 * JavaScript RegExp with the same matches. Classes become ranges from the references' tables, so their meaning does
 * not depend on the Unicode version of the JavaScript engine.
 * @throws Error that names a construct without a counterpart
 */
export function translateRegex(pattern: string): RegExp {
	const source = new Writer().write(parseRegex(pattern));
	try {
		return new RegExp(source, 'gu');
	} catch (cause) {
		throw new Error(`regular expression ${JSON.stringify(pattern)} is not valid`, { cause });
	}
}

const START = '(?<![^])';
const END = '(?![^])';

class Writer {
	#atomics = 0;

	write(node: RegexNode): string {
		switch (node.type) {
			case 'set':
				return node.set.length === 1 && complement(node.set).length === 0
					? '[^]'
					: toClass(node.set);
			case 'sequence':
				return node.parts.map((part) => this.#part(part)).join('');
			case 'alternatives':
				return node.branches.map((branch) => this.write(branch)).join('|');
			case 'repeat':
				return `(?:${this.#part(node.body)}${quantifier(node)})`;
			case 'atomic': {
				// A captured lookahead and a reference to it never backtrack.
				const name = `atomic${++this.#atomics}`;
				return `(?:(?=(?<${name}>${this.write(node.body)}))\\k<${name}>)`;
			}
			case 'look': {
				const opening = `?${node.ahead ? '' : '<'}${node.negative ? '!' : '='}`;
				return `(?:(${opening}${this.write(node.body)}))`;
			}
			case 'anchor':
				return anchor(node.at);
		}
	}

	/** Writes a node as part of a sequence or repetition. */
	#part(node: RegexNode): string {
		const source = this.write(node);
		return node.type === 'alternatives' || node.type === 'sequence' ? `(?:${source})` : source;
	}
}

function quantifier({ least, most, lazy }: Extract<RegexNode, { type: 'repeat' }>): string {
	const end = lazy ? '?' : '';
	if (most === Infinity && least < 2) return `${least === 0 ? '*' : '+'}${end}`;
	if (least === most) return `{${least}}`;
	return `{${least},${most === Infinity ? '' : most}}${end}`;
}

function anchor(at: RegexAnchor): string {
	switch (at) {
		case 'text start':
			return START;
		case 'text end':
			return END;
		case 'last line end':
			return `(?=\\n?${END})`;
		case 'line start':
			return `(?:${START}|(?<=\\n)(?=[^]))`;
		case 'line end':
			return '(?=\\n|(?![^]))';
		case 'word boundary':
		case 'no word boundary': {
			const word = toClass(propertySet('Word') ?? []);
			return at === 'word boundary'
				? `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`
				: `(?:(?<=${word})(?=${word})|(?<!${word})(?!${word}))`;
		}
	}
}
