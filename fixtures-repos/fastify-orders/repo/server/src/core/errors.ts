export interface ErrorExtra {
  readonly field?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

export class DomainError extends Error {
  readonly status: number;
  readonly code: string;
  readonly field: string | null;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(status: number, code: string, message: string, extra: ErrorExtra = {}) {
    super(message);
    this.name = new.target.name;
    this.status = status;
    this.code = code;
    this.field = extra.field ?? null;
    this.details = extra.details ?? {};
  }
}

export class NotFound extends DomainError {
  constructor(code: string, message: string) {
    super(404, code, message);
  }
}

export class NotAuthenticated extends DomainError {
  constructor(message = 'A valid access token is needed.') {
    super(401, 'not_authenticated', message);
  }
}

export class PermissionDenied extends DomainError {
  constructor(message = 'Your role in this shop does not allow that.') {
    super(403, 'permission_denied', message);
  }
}

export class Conflict extends DomainError {
  constructor(code: string, message: string, extra?: ErrorExtra) {
    super(409, code, message, extra);
  }
}

export class InvalidState extends DomainError {
  constructor(code: string, message: string, extra?: ErrorExtra) {
    super(409, code, message, extra);
  }
}

export class ValidationFailed extends DomainError {
  constructor(code: string, message: string, extra?: ErrorExtra) {
    super(422, code, message, extra);
  }
}
