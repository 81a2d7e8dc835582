import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** Encodes a value in DER (ITU-T X.690), the encoding of X.509: tag, length, content. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
	const content = Buffer.concat(parts);
	const { length } = content;
	const size =
		length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
	return Buffer.concat([Uint8Array.of(tag, ...size), content]);
}

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
const utcTime = (date: Date): Buffer =>
	der(0x17, Buffer.from(`${date.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`));
const bitString = (content: Uint8Array): Buffer => der(0x03, Uint8Array.of(0), content);
const pem = (label: string, content: Buffer): string =>
	`-----BEGIN ${label}-----\n${content.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END ${label}-----\n`;

/** OID 1.2.840.10045.4.3.2, ECDSA with SHA-256. */
const ECDSA_SHA256 = sequence(Buffer.from('06082a8648ce3d040302', 'hex'));
/** OID 2.5.4.3, the common name. */
const COMMON_NAME = Buffer.from('0603550403', 'hex');
const DAY_MS = 86_400_000;

/** A private key and a self-signed certificate in PEM, for a server that only a test trusts. */
export function selfSigned(host: string): { readonly key: string; readonly cert: string } {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const name = sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(host)))));
	const now = Date.now();
	const serial = randomBytes(8);
	// The serial number must be positive and use the shortest encoding.
	serial[0] = (serial[0] & 0x3f) | 0x40;
	const unsigned = sequence(
		der(0xa0, der(0x02, Uint8Array.of(2))),
		der(0x02, serial),
		ECDSA_SHA256,
		name,
		sequence(utcTime(new Date(now - DAY_MS)), utcTime(new Date(now + DAY_MS))),
		name,
		publicKey.export({ type: 'spki', format: 'der' })
	);
	const signature = sign('sha256', unsigned, privateKey);
	return {
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
		cert: pem('CERTIFICATE', sequence(unsigned, ECDSA_SHA256, bitString(signature)))
	};
}
