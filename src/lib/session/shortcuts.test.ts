import { afterEach, describe, expect, it, vi } from 'vitest';
import { isTyping, Shortcuts } from './shortcuts.svelte';

const next = { keys: 'n', does: 'Next place', where: 'anywhere' };
const previous = { keys: 'p', does: 'Previous place', where: 'anywhere' };
const leave = { keys: 'Esc', does: 'Leave', where: 'tokens' };

describe('Shortcuts', () => {
	it('lists shortcuts in the order of registration', () => {
		const shortcuts = new Shortcuts();
		shortcuts.register([next, previous]);
		shortcuts.register([leave]);
		expect(shortcuts.list).toEqual([next, previous, leave]);
	});

	it('removes only the shortcuts of the component that is destroyed', () => {
		const shortcuts = new Shortcuts();
		const goes = shortcuts.register([next]);
		shortcuts.register([leave]);
		goes();
		goes();
		expect(shortcuts.list).toEqual([leave]);
	});

	it('has single-letter shortcuts on by default', () => {
		const shortcuts = new Shortcuts();
		expect(shortcuts.letters).toBe(true);
		shortcuts.letters = false;
		expect(shortcuts.letters).toBe(false);
	});
});

describe('isTyping', () => {
	class FakeElement {
		readonly isContentEditable: boolean;
		readonly #tag: string;
		constructor(tag: string, isContentEditable = false) {
			this.#tag = tag;
			this.isContentEditable = isContentEditable;
		}
		matches(selector: string): boolean {
			return selector.split(', ').includes(this.#tag);
		}
	}
	const pressedIn = (target: unknown) => isTyping({ target } as KeyboardEvent);

	afterEach(() => {
		vi.unstubAllGlobals();
	});

	it.each(['input', 'textarea', 'select'])('is true in a field: %s', (tag) => {
		vi.stubGlobal('HTMLElement', FakeElement);
		expect(pressedIn(new FakeElement(tag))).toBe(true);
	});

	it('is true in editable content', () => {
		vi.stubGlobal('HTMLElement', FakeElement);
		expect(pressedIn(new FakeElement('div', true))).toBe(true);
	});

	it('is false elsewhere', () => {
		vi.stubGlobal('HTMLElement', FakeElement);
		expect(pressedIn(new FakeElement('button'))).toBe(false);
		expect(pressedIn(null)).toBe(false);
	});
});
