/** Globals of the host that the judge uses besides the engine's own. Only `tsconfig.libraries.json` reads this file. */

declare const crypto:
	| { readonly subtle?: { digest(algorithm: string, data: ArrayBufferView): Promise<ArrayBuffer> } }
	| undefined;

declare function btoa(data: string): string;
