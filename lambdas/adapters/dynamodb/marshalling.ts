/**
 * How values become attributes.
 *
 * - `removeUndefinedValues`: a field that is not there is no attribute.
 * - `convertClassInstanceToMap`: what a value is the library tells by its property `constructor`, so an object with an
 *   entry of that name, as people may name an attribute, would be no object to it. No instance of a class is ever written.
 */
export const marshallOptions = { removeUndefinedValues: true, convertClassInstanceToMap: true } as const;
