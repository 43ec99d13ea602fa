import seal from './seal.svg';

interface Props {
  readonly name?: string;
  readonly onSignOut?: () => void;
}

export function Header({ name, onSignOut }: Props) {
  return (
    <header>
      <span class="brand">
        <img src={seal} alt="" width="28" height="28" />
        Sealdrop
      </span>
      {onSignOut !== undefined && (
        <span class="person">
          {name !== undefined && name !== '' && <span class="person-name">{name}</span>}
          <button type="button" class="plain" onClick={onSignOut}>
            Sign out
          </button>
        </span>
      )}
    </header>
  );
}
