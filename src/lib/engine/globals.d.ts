/**
 * Declares the host objects that the engine and the other libraries use beyond ECMAScript. Browsers, workers and Node
 * provide them. Only the libraries' tsconfigs include this file. The other tsconfigs include TypeScript's DOM types
 * instead.
 */

declare function atob(base64: string): string;
declare function btoa(binary: string): string;

declare namespace WebAssembly {
	class Module {
		constructor(code: Uint8Array<ArrayBuffer>);
	}
	class Instance {
		constructor(code: Module);
		readonly exports: Readonly<Record<string, unknown>>;
	}
	interface Memory {
		readonly buffer: ArrayBuffer;
	}
}

declare class TextEncoder {
	encode(text?: string): Uint8Array<ArrayBuffer>;
	encodeInto(text: string, target: Uint8Array): { read: number; written: number };
}

declare class TextDecoder {
	constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
	decode(bytes?: ArrayBuffer | ArrayBufferView, options?: { stream?: boolean }): string;
}

declare class DecompressionStream {
	constructor(format: 'gzip');
	readonly writable: {
		getWriter(): { write(bytes: Uint8Array): Promise<void>; close(): Promise<void> };
	};
	readonly readable: {
		getReader(): {
			read(): Promise<{ done: boolean; value?: Uint8Array }>;
			cancel(): Promise<void>;
		};
	};
}
