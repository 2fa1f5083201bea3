export class DeskError extends Error {
  constructor(status, message) {
    super(message)
    this.status = status
  }
}

export class NotFound extends DeskError {
  constructor(message) {
    super(404, message)
  }
}

export class Conflict extends DeskError {
  constructor(message) {
    super(409, message)
  }
}
