/**
 * The checksums that documents are held to, by the names that S3 gives them. An upload in parts has one of them: S3 keeps
 * SHA-256 of such an object as a hash of the parts' hashes only (`COMPOSITE`), CRC-64/NVME of all of it (`FULL_OBJECT`).
 * (S3 user guide, "Checking object integrity for data uploads in Amazon S3".)
 */
export const checksumAlgorithms = ['SHA256', 'CRC64NVME'] as const;

export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number];

export const checksumTypes = ['FULL_OBJECT', 'COMPOSITE'] as const;

/** The header that a part's or an object's checksum is sent in. */
export const checksumHeaders = {
  SHA256: 'x-amz-checksum-sha256',
  CRC64NVME: 'x-amz-checksum-crc64nvme',
} as const satisfies Record<ChecksumAlgorithm, string>;

/** How long they are, of which base64 makes four characters for three bytes. */
export const checksumSizeBytes = { SHA256: 32, CRC64NVME: 8 } as const satisfies Record<ChecksumAlgorithm, number>;
