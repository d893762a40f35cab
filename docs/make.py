"""Makes what the program itself says in documents: pages of keys, words and the library; outputs; pictures."""

import make_keys
import make_library
import make_pictures
import make_words
import play

if __name__ == "__main__":
    make_keys.main()
    make_library.main()
    make_words.main()
    play.main([])
    make_pictures.main()
