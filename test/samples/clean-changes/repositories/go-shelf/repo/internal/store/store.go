package store

import (
	"context"

	"gorm.io/gorm"
)

// Book is a row of the catalogue.
type Book struct {
	ID     uint
	Title  string
	Shelf  string
	Copies int
}

// Books reads and writes the catalogue.
type Books struct {
	db *gorm.DB
}

// ByShelf lists the books of one shelf.
func (b Books) ByShelf(ctx context.Context, shelf string) ([]Book, error) {
	var found []Book
	err := b.db.WithContext(ctx).Where("shelf = ?", shelf).Order("title").Find(&found).Error
	return found, err
}
