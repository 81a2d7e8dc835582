import type { CodePointSet } from './code-point-set';

/**
 * Divides code points into classes that a pattern treats alike. Testing whether a set includes a class then takes a
 * single lookup: `members[set * count + class]`.
 */
export class CharacterClasses {
	readonly count: number;
	/** `count` entries per set: 1 for each class that belongs to the set, 0 for the others. */
	readonly members: Uint8Array;
	/** Class of each ASCII character. */
	readonly ascii = new Uint16Array(0x80);
	/**
	 * Class of each code point, in pages of 256 code points. If several pages contain only one class, and it is the same
	 * class, they share one stored page.
	 */
	readonly pages: Uint16Array;
	/** Index of a page's first entry in `pages`, by code point >> 8. */
	readonly pageOf = new Uint32Array(0x1100);

	/** @throws RangeError if the sets distinguish too many classes */
	constructor(sets: readonly CodePointSet[]) {
		const { starts, classes, memberships } = classify(sets);
		this.count = memberships.length;
		if (this.count > MAX_CLASSES || this.count * sets.length > MAX_MEMBERS) {
			throw new RangeError(
				`distinguishes ${this.count.toLocaleString('en')} classes of characters in ${sets.length.toLocaleString('en')} sets; write a simpler one`
			);
		}
		this.members = new Uint8Array(this.count * sets.length);
		memberships.forEach((inSets, id) => {
			for (const set of inSets) this.members[set * this.count + id] = 1;
		});
		this.pages = this.#fillPages(starts, classes);
		for (let code = 0; code < 0x80; code++) this.ascii[code] = this.pages[this.pageOf[0] + code];
	}

	#fillPages(starts: readonly number[], classes: readonly number[]): Uint16Array {
		const pages: number[] = [];
		/** For each class, the start of the page that contains only that class. */
		const uniform = new Map<number, number>();
		let run = 0;
		for (let page = 0; page < 0x1100; page++) {
			const from = page << 8;
			while (run + 1 < starts.length && starts[run + 1] <= from) run++;
			const isUniform = run + 1 >= starts.length || starts[run + 1] >= from + 256;
			const known = isUniform ? uniform.get(classes[run]) : undefined;
			this.pageOf[page] = known ?? pages.length;
			if (known !== undefined) continue;
			if (isUniform) uniform.set(classes[run], pages.length);
			let at = run;
			for (let code = from; code < from + 256; code++) {
				while (at + 1 < starts.length && starts[at + 1] <= code) at++;
				pages.push(classes[at]);
			}
		}
		return Uint16Array.from(pages);
	}
}

const MAX_CLASSES = 0xffff;
/** Maximum number of entries in the membership table (32 MB). */
const MAX_MEMBERS = 1 << 25;

/**
 * Divides all code points into runs of a single class. Returns the start and class of each run, and the indices of the
 * sets that include each class.
 */
function classify(sets: readonly CodePointSet[]) {
	const events: { at: number; set: number; enters: boolean }[] = [];
	sets.forEach((set, index) => {
		for (const [first, last] of set) {
			events.push({ at: first, set: index, enters: true });
			events.push({ at: last + 1, set: index, enters: false });
		}
	});
	events.sort((a, b) => a.at - b.at);
	const inside = new Set<number>();
	const ids = new Map<string, number>();
	const memberships: (readonly number[])[] = [];
	const starts: number[] = [];
	const classes: number[] = [];
	const add = (at: number) => {
		const inSets = [...inside].sort((a, b) => a - b);
		const key = inSets.join();
		let id = ids.get(key);
		if (id === undefined) {
			ids.set(key, (id = memberships.length));
			memberships.push(inSets);
		}
		starts.push(at);
		classes.push(id);
	};
	if (events[0]?.at !== 0) add(0);
	for (let i = 0; i < events.length;) {
		const { at } = events[i];
		for (; i < events.length && events[i].at === at; i++) {
			if (events[i].enters) inside.add(events[i].set);
			else inside.delete(events[i].set);
		}
		if (at <= 0x10ffff) add(at);
	}
	return { starts, classes, memberships };
}
