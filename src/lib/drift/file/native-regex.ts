import { translateRegex } from '../../engine/text/regex/translate';
import type { NativePattern } from './native-stages';
import { Undecided } from './serde';

export function checkRegex({ variant, content }: NativePattern): void {
	if (variant === 'String') return;
	try {
		translateRegex(content);
	} catch (cause) {
		throw new Undecided(`regex ${content}`, { cause });
	}
}
