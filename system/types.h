/* SPDX-License-Identifier: MIT */
/*
 * The small words that every other file uses: address types, sizes, bit fields, byte order.
 *
 * Guest addresses are always 64 bits wide here, whatever the guest: a 32-bit guest leaves the
 * upper half zero.  All loads and stores below work at any alignment.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef uint64_t GPa;           /* guest physical address */
typedef uint64_t GVa;           /* guest virtual address */

#define KiB (UINT64_C(1) << 10)
#define MiB (UINT64_C(1) << 20)
#define GiB (UINT64_C(1) << 30)

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
#define BIT32(n)      (UINT32_C(1) << (n))
#define BIT64(n)      (UINT64_C(1) << (n))
#define likely(x)     __builtin_expect(!!(x), 1)
#define unlikely(x)   __builtin_expect(!!(x), 0)

/* ENDIAN_NATIVE: the order of whoever asks, so never a swap. */
typedef enum { ENDIAN_LITTLE, ENDIAN_BIG, ENDIAN_NATIVE } Endian;

/* Sizes of access a region allows or implements.  The value is the size in bytes, so that
 * `mask & size` asks whether a size is in the mask. */
enum {
    ACCESS_8   = 1,
    ACCESS_16  = 2,
    ACCESS_32  = 4,
    ACCESS_64  = 8,
    ACCESS_ANY = 15,
};

/* Mask of the lowest n bits; n from 0 to 64. */
static inline uint64_t mask64(unsigned n)
{
    return n >= 64 ? UINT64_MAX : (UINT64_C(1) << n) - 1;
}

/* The len bits of v from bit pos, as an unsigned or a signed number; 1 <= len. */
static inline uint32_t extract32(uint32_t v, unsigned pos, unsigned len)
{
    return (v >> pos) & (UINT32_MAX >> (32 - len));
}

static inline uint64_t extract64(uint64_t v, unsigned pos, unsigned len)
{
    return (v >> pos) & (UINT64_MAX >> (64 - len));
}

static inline int32_t sextract32(uint32_t v, unsigned pos, unsigned len)
{
    return (int32_t)(v << (32 - len - pos)) >> (32 - len);
}

static inline int64_t sextract64(uint64_t v, unsigned pos, unsigned len)
{
    return (int64_t)(v << (64 - len - pos)) >> (64 - len);
}

/* v with the len bits from pos replaced by the low bits of field. */
static inline uint32_t deposit32(uint32_t v, unsigned pos, unsigned len, uint32_t field)
{
    uint32_t mask = (UINT32_MAX >> (32 - len)) << pos;
    return (v & ~mask) | ((field << pos) & mask);
}

static inline uint64_t deposit64(uint64_t v, unsigned pos, unsigned len, uint64_t field)
{
    uint64_t mask = (UINT64_MAX >> (64 - len)) << pos;
    return (v & ~mask) | ((field << pos) & mask);
}

static inline uint32_t rol32(uint32_t v, unsigned n)
{
    return v << (n & 31) | v >> (-n & 31);
}

static inline uint32_t ror32(uint32_t v, unsigned n)
{
    return v >> (n & 31) | v << (-n & 31);
}

static inline uint64_t rol64(uint64_t v, unsigned n)
{
    return v << (n & 63) | v >> (-n & 63);
}

static inline uint64_t ror64(uint64_t v, unsigned n)
{
    return v >> (n & 63) | v << (-n & 63);
}

static inline bool is_power_of_2(uint64_t v)
{
    return v && !(v & (v - 1));
}

/* align must be a power of two. */
static inline uint64_t round_up(uint64_t v, uint64_t align)
{
    return (v + align - 1) & ~(align - 1);
}

static inline uint64_t round_down(uint64_t v, uint64_t align)
{
    return v & ~(align - 1);
}

/* v seen as `size` bytes (1, 2, 4 or 8), in the other byte order. */
static inline uint64_t bswap_size(uint64_t v, unsigned size)
{
    switch (size) {
    case 2:
        return __builtin_bswap16(v);
    case 4:
        return __builtin_bswap32(v);
    case 8:
        return __builtin_bswap64(v);
    default:
        return v;
    }
}

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define HOST_ENDIAN     ENDIAN_LITTLE
#define TO_LE(bits, v)  (v)
#define TO_BE(bits, v)  __builtin_bswap##bits(v)
#else
#define HOST_ENDIAN     ENDIAN_BIG
#define TO_LE(bits, v)  __builtin_bswap##bits(v)
#define TO_BE(bits, v)  (v)
#endif

/* ld_le16(p) ... st_be64(p, v): one value in a named byte order. */
#define DEFINE_LD_ST(bits)                                        \
    static inline uint##bits##_t ld_le##bits(const void *p)       \
    {                                                             \
        uint##bits##_t v;                                         \
        memcpy(&v, p, sizeof(v));                                 \
        return TO_LE(bits, v);                                    \
    }                                                             \
    static inline uint##bits##_t ld_be##bits(const void *p)       \
    {                                                             \
        uint##bits##_t v;                                         \
        memcpy(&v, p, sizeof(v));                                 \
        return TO_BE(bits, v);                                    \
    }                                                             \
    static inline void st_le##bits(void *p, uint##bits##_t v)     \
    {                                                             \
        v = TO_LE(bits, v);                                       \
        memcpy(p, &v, sizeof(v));                                 \
    }                                                             \
    static inline void st_be##bits(void *p, uint##bits##_t v)     \
    {                                                             \
        v = TO_BE(bits, v);                                       \
        memcpy(p, &v, sizeof(v));                                 \
    }
DEFINE_LD_ST(16)
DEFINE_LD_ST(32)
DEFINE_LD_ST(64)
#undef DEFINE_LD_ST

/* The same with size (1, 2, 4, 8) and order as data; ENDIAN_NATIVE is the host's order here. */
static inline uint64_t ld_endian(const void *p, unsigned size, Endian endian)
{
    uint64_t v;
    switch (size) {
    case 1:
        return *(const uint8_t *)p;
    case 2:
        v = ld_le16(p);
        break;
    case 4:
        v = ld_le32(p);
        break;
    default:
        v = ld_le64(p);
        break;
    }
    bool big = (endian == ENDIAN_NATIVE ? HOST_ENDIAN : endian) == ENDIAN_BIG;
    return big ? bswap_size(v, size) : v;
}

static inline void st_endian(void *p, uint64_t v, unsigned size, Endian endian)
{
    bool big = (endian == ENDIAN_NATIVE ? HOST_ENDIAN : endian) == ENDIAN_BIG;
    v = big ? bswap_size(v, size) : v;
    switch (size) {
    case 1:
        *(uint8_t *)p = v;
        break;
    case 2:
        st_le16(p, v);
        break;
    case 4:
        st_le32(p, v);
        break;
    default:
        st_le64(p, v);
        break;
    }
}
