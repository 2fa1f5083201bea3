// Package loans knows who has which book.
package loans

import (
	"errors"
	"fmt"
	"time"
)

// ErrTaken says that a book is with somebody else.
var ErrTaken = errors.New("the book is taken")

const period = 21 * 24 * time.Hour

// Loan is one book with one reader.
type Loan struct {
	Book     string
	Reader   string
	Since    time.Time
	Returned *time.Time
}

// Due is the day on which a book has to be back.
func (l Loan) Due() time.Time {
	return l.Since.Add(period)
}

// Lend gives a book to a reader, unless somebody has it.
func Lend(loans []Loan, book, reader string, now time.Time) (Loan, error) {
	for _, loan := range loans {
		if loan.Book == book && loan.Returned == nil {
			return Loan{}, fmt.Errorf("%s: %w", book, ErrTaken)
		}
	}
	return Loan{Book: book, Reader: reader, Since: now}, nil
}
