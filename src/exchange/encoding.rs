//! From bytes to text, whatever program saved them.

use std::fmt;

/// How a text was saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Utf8,
    Utf16,
    /// Windows-1252, which older programs of the West save as "ANSI".
    Windows1252,
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16 => "UTF-16",
            Self::Windows1252 => "Windows-1252",
        })
    }
}

/// A text and how it was saved, by its byte-order mark or by what its bytes can be. Lines end with a line feed, whatever
/// ended them.
pub(crate) fn decode(bytes: &[u8]) -> Option<(String, Encoding)> {
    let (text, encoding) = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8_or_ansi(rest)?,
        [0xff, 0xfe, rest @ ..] => (utf16(rest, u16::from_le_bytes)?, Encoding::Utf16),
        [0xfe, 0xff, rest @ ..] => (utf16(rest, u16::from_be_bytes)?, Encoding::Utf16),
        // Without its mark, as long as it begins with characters of ASCII.
        [1..=0x7f, 0, 1..=0x7f, 0, ..] => (utf16(bytes, u16::from_le_bytes)?, Encoding::Utf16),
        [0, 1..=0x7f, 0, 1..=0x7f, ..] => (utf16(bytes, u16::from_be_bytes)?, Encoding::Utf16),
        _ => utf8_or_ansi(bytes)?,
    };
    let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text };
    Some((text, encoding))
}

fn utf8_or_ansi(bytes: &[u8]) -> Option<(String, Encoding)> {
    if bytes.contains(&0) {
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some((text.to_owned(), Encoding::Utf8)),
        Err(_) => Some((bytes.iter().map(|byte| windows_1252(*byte)).collect(), Encoding::Windows1252)),
    }
}

fn utf16(bytes: &[u8], number: fn([u8; 2]) -> u16) -> Option<String> {
    let units = bytes.chunks_exact(2).map(|pair| number([pair[0], pair[1]]));
    char::decode_utf16(units).collect::<Result<_, _>>().ok()
}

/// The characters that Windows-1252 has where ISO 8859-1 has control codes, from 0x80 on.
const WINDOWS: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS.chars().nth(usize::from(byte - 0x80)).unwrap_or(char::REPLACEMENT_CHARACTER),
        byte => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_as_it_was_saved() {
        let text = "Größe: 5 µg – “naïve”\nзачем?";
        let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (bytes, encoding) in [
            (text.as_bytes().to_vec(), Encoding::Utf8),
            ([b"\xef\xbb\xbf", text.as_bytes()].concat(), Encoding::Utf8),
            ([b"\xff\xfe", &le[..]].concat(), Encoding::Utf16),
            ([b"\xfe\xff", &be[..]].concat(), Encoding::Utf16),
        ] {
            assert_eq!(decode(&bytes), Some((text.to_owned(), encoding)));
        }
        let plain: Vec<u8> = "id;stem\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&plain), Some(("id;stem\n".to_owned(), Encoding::Utf16)));
        let ansi = b"5 \x80, \x93na\xefve\x94\r\nGr\xf6\xdfe\rlast";
        assert_eq!(decode(ansi), Some(("5 €, “naïve”\nGröße\nlast".to_owned(), Encoding::Windows1252)));
        assert_eq!(decode(b"PK\x03\x04\0\0"), None);
    }
}
