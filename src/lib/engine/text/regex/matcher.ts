import type { CompileRegex } from '../pattern';
import { compile } from './compile';
import { RegexMachine } from './machine';
import { parseRegex } from './oniguruma';
import { excerpt } from './reader';

export const compileRegex: CompileRegex = (pattern) => {
	const node = parseRegex(pattern);
	try {
		return new RegexMachine(compile(node), pattern);
	} catch (cause) {
		if (!(cause instanceof RangeError)) throw cause;
		throw new Error(`regular expression ${excerpt(pattern)}: ${cause.message}`, { cause });
	}
};
