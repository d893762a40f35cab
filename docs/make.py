"""Makes everything in the documents that the program itself says: keys.md, what commands and screens show, pictures."""

import make_keys
import make_pictures
import play

if __name__ == "__main__":
    make_keys.main()
    play.main([])
    make_pictures.main()
