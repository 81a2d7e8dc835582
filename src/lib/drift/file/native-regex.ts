import { translateRegex } from '../../engine/text/regex/translate';
import type { NativePattern } from './native-stages';
import { Undecided } from './serde';

/** A pattern as a global RegExp. */
export function nativeRegex({ variant, content }: NativePattern): RegExp {
	return variant === 'String' ? new RegExp(escapeRegex(content), 'gu') : translateRegex(content);
}

const escapeRegex = (text: string): string => text.replace(/[\^$.*+?()[\]{}|\\/]/g, '\\$&');

export function checkRegex({ variant, content }: NativePattern): void {
	if (variant === 'String') return;
	try {
		translateRegex(content);
	} catch (cause) {
		throw new Undecided(`regex ${content}`, { cause });
	}
}
