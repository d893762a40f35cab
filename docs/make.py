"""Makes what the program itself says in documents: keys.md, library.md, what commands and screens show; pictures."""

import make_keys
import make_library
import make_pictures
import play

if __name__ == "__main__":
    make_keys.main()
    make_library.main()
    play.main([])
    make_pictures.main()
