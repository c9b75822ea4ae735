import { createInflate, type Inflate } from 'node:zlib'

/** The words and the text that SPDY/3 compresses headers with (its specification, 2.6.10.1). */
const WORDS =
  'options,head,post,put,delete,trace,accept,accept-charset,accept-encoding,accept-language,accept-ranges,age,allow,authorization,cache-control,connection,content-base,content-encoding,content-language,content-length,content-location,content-md5,content-range,content-type,date,etag,expect,expires,from,host,if-match,if-modified-since,if-none-match,if-range,if-unmodified-since,last-modified,location,max-forwards,pragma,proxy-authenticate,proxy-authorization,range,referer,retry-after,server,te,trailer,transfer-encoding,upgrade,user-agent,vary,via,warning,www-authenticate,method,get,status,200 OK,version,HTTP/1.1,url,public,set-cookie,keep-alive,origin'
const TEXT =
  '100101201202205206300302303304305306307402405406407408409410411412413414415416417502504505203 Non-Authoritative Information204 No Content301 Moved Permanently400 Bad Request401 Unauthorized403 Forbidden404 Not Found500 Internal Server Error501 Not Implemented503 Service UnavailableJan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec 00:00:00 Mon, Tue, Wed, Thu, Fri, Sat, Sun, GMTchunked,text/html,image/png,image/jpg,image/gif,application/xml,application/xhtml+xml,text/plain,text/javascript,publicprivatemax-age=gzip,deflate,sdchcharset=utf-8charset=iso-8859-1,utf-,*,enq=0.'

export const DICTIONARY = Buffer.concat([
  ...WORDS.split(',').map((word) => Buffer.concat([uint32(word.length), Buffer.from(word)])),
  Buffer.from(TEXT),
])

/** The start of a zlib stream that uses this dictionary: deflate, and the dictionary's checksum. */
const ZLIB_HEADER = Buffer.from('78bbe3c6a7c2', 'hex')

/** Reads blocks of headers, which are one compressed stream over the whole connection. */
export class HeaderReader {
  readonly #inflate: Inflate = createInflate({ dictionary: DICTIONARY })

  async read(block: Buffer): Promise<Map<string, string>> {
    await new Promise<void>((resolve, reject) => {
      this.#inflate.once('error', reject)
      this.#inflate.write(block, () => {
        this.#inflate.off('error', reject)
        resolve()
      })
    })
    return parseHeaders((this.#inflate.read() as Buffer | null) ?? Buffer.alloc(0))
  }

  close(): void {
    this.#inflate.destroy()
  }
}

/** Writes blocks without any header, uncompressed: all that a server of this protocol has to say. */
export class EmptyHeaderWriter {
  #begun = false

  next(): Buffer {
    // A stored block of deflate (its length, the complement of that, "no headers"), and an empty
    // one, without which Go's reader waits for more.
    const stored = Buffer.of(0, 4, 0, 0xfb, 0xff, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff)
    const block = this.#begun ? stored : Buffer.concat([ZLIB_HEADER, stored])
    this.#begun = true
    return block
  }
}

function parseHeaders(bytes: Buffer): Map<string, string> {
  let position = 4
  const take = (): string => {
    const start = position + 4
    position = start + bytes.readUInt32BE(position)
    return bytes.toString('utf8', start, position)
  }
  const headers = new Map<string, string>()
  const count = bytes.readUInt32BE(0)
  for (let index = 0; index < count; index += 1) {
    const name = take().toLowerCase()
    headers.set(name, take())
  }
  return headers
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
