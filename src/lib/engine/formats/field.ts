import { describe } from '../wrong-argument';

/**
 * An unchecked value from a file, with its path. Every method returns a value of the requested type or throws an error
 * that names the field, what was found and what was expected.
 */
export class Field {
	constructor(
		readonly value: unknown,
		readonly path: string
	) {}

	get(key: string): Field {
		const object = this.object();
		return new Field(
			Object.hasOwn(object, key) ? object[key] : undefined,
			this.path === '' ? key : `${this.path}.${key}`
		);
	}

	get isNull(): boolean {
		return this.value === null || this.value === undefined;
	}

	object(): Record<string, unknown> {
		const { value } = this;
		if (typeof value !== 'object' || value === null || Array.isArray(value)) {
			throw this.error('an object');
		}
		return value as Record<string, unknown>;
	}

	entries(): [string, Field][] {
		return Object.entries(this.object()).map(([key, value]) => [
			key,
			new Field(value, `${this.path}[${describe(key)}]`)
		]);
	}

	array(): Field[] {
		if (!Array.isArray(this.value)) throw this.error('an array');
		return this.value.map((value: unknown, i) => new Field(value, `${this.path}[${i}]`));
	}

	string(): string {
		if (typeof this.value !== 'string') throw this.error('a string');
		return this.value;
	}

	/** A single code point. */
	character(): string {
		if ([...this.string()].length !== 1) throw this.error('a string of one character');
		return this.string();
	}

	boolean(): boolean {
		if (typeof this.value !== 'boolean') throw this.error('true or false');
		return this.value;
	}

	booleanOr(fallback: boolean): boolean {
		return this.isNull ? fallback : this.boolean();
	}

	integer(max: number): number {
		const { value } = this;
		if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > max) {
			throw this.error(`a whole number from 0 to ${max}`);
		}
		return value;
	}

	oneOf<const T extends string>(...choices: readonly T[]): T {
		const found = choices.find((choice) => choice === this.value);
		if (found === undefined) {
			throw this.error(choices.map((choice) => JSON.stringify(choice)).join(' or '));
		}
		return found;
	}

	error(expected: string): Error {
		return new Error(`${this.path || 'file'}: got ${describe(this.value)}, expected ${expected}`);
	}
}
