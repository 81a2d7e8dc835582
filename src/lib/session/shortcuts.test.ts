import { describe, expect, it, vi } from 'vitest';
import { isTyping, Shortcuts } from './shortcuts.svelte';

const next = { keys: 'n', does: 'Next place', where: 'anywhere' };
const previous = { keys: 'p', does: 'Previous place', where: 'anywhere' };
const leave = { keys: 'Esc', does: 'Leave', where: 'tokens' };

it('lists the shortcuts of all components in their order, until one is destroyed', () => {
	const shortcuts = new Shortcuts();
	const goes = shortcuts.register([next, previous]);
	shortcuts.register([leave]);
	expect(shortcuts.list).toEqual([next, previous, leave]);
	goes();
	goes();
	expect(shortcuts.list).toEqual([leave]);
	// Single letters work unless the user turns them off.
	expect(shortcuts.letters).toBe(true);
});

describe('isTyping', () => {
	class FakeElement {
		constructor(
			readonly tag: string,
			readonly isContentEditable = false
		) {}
		matches(selector: string): boolean {
			return selector.split(', ').includes(this.tag);
		}
	}

	it.each([
		[new FakeElement('input'), true],
		[new FakeElement('textarea'), true],
		[new FakeElement('select'), true],
		[new FakeElement('div', true), true],
		[new FakeElement('button'), false],
		[null, false]
	])('in %j is %s', (target, expected) => {
		vi.stubGlobal('HTMLElement', FakeElement);
		expect(isTyping({ target } as unknown as KeyboardEvent)).toBe(expected);
	});
});
