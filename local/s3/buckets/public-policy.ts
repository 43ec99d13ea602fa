type Elements = Readonly<Record<string, unknown>>;

/** The statements of a policy document that was compiled, so its form is known. */
export const statementsOf = (document: unknown): readonly Elements[] => {
  const { Statement } = document as { readonly Statement: Elements | readonly Elements[] };
  return Array.isArray(Statement) ? (Statement as readonly Elements[]) : [Statement as Elements];
};

export const textsOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value : [value]).map(String);

/** Keys that limit a statement to some callers, where their value is fixed ("The meaning of 'public'"). */
const limitingKeys = new Set(
  [
    'aws:PrincipalOrgID aws:SourceIp aws:SourceArn aws:SourceVpc aws:SourceVpce aws:SourceOwner aws:SourceAccount',
    'aws:PrincipalAccount aws:PrincipalArn aws:userid s3:DataAccessPointArn s3:DataAccessPointAccount',
  ].flatMap((line) => line.toLowerCase().split(' ')),
);
const limitingOperators = /^(?:ForAnyValue:)?(?:String(?:Equals|Like|EqualsIgnoreCase)|Arn(?:Equals|Like)|IpAddress)$/;

/** A block of addresses this wide is nearly everybody. */
const prefixLengthMin = 8;

const isFixed = (key: string, value: string): boolean => {
  if (/[*?]|\$\{/.test(value)) return false;
  if (key !== 'aws:sourceip') return true;
  const prefixLength = /\/(\d+)$/.exec(value)?.[1];
  return prefixLength === undefined || Number(prefixLength) >= prefixLengthMin;
};

const isLimited = (condition: unknown): boolean =>
  Object.entries((condition ?? {}) as Elements).some(
    ([operator, block]) =>
      limitingOperators.test(operator) &&
      Object.entries(block as Elements).some(
        ([key, value]) =>
          limitingKeys.has(key.toLowerCase()) && textsOf(value).every((text) => isFixed(key.toLowerCase(), text)),
      ),
  );

const isEveryone = (principal: unknown): boolean => {
  if (principal === '*') return true;
  return textsOf((principal as { readonly AWS?: unknown }).AWS ?? []).includes('*');
};

/** Whether a policy that was compiled lets everybody do something ("Blocking public access" of the S3 user guide). */
export const isPublicPolicy = (document: unknown): boolean =>
  statementsOf(document).some(
    ({ Effect, Principal, Condition }) =>
      Effect === 'Allow' && Principal !== undefined && isEveryone(Principal) && !isLimited(Condition),
  );
