/* SPDX-License-Identifier: MIT */
/*
 * The AT's pair of 8237A DMA controllers, and the page registers.
 * Implements: Intel 8237A data sheet (231466), and Intel 82371SB (PIIX3) data sheet (290550), 3.2.1, for
 * what the AT makes of them.
 *
 *     channels 0 to 3: the first controller, bytes; address = page . current address
 *     channel 4: joins the first controller to the second; they move only while it is open
 *     channels 5 to 7: the second one, words; address = page (7:1) . current address . 0
 *
 * Choices: demand, single and block transfers move as much as the device offers at once.  Who asks in
 * software for a channel without a device gets the floating bus: ones.  Directions that do not agree
 * move nothing.  All page registers can be read; those of no channel are plain memory (0x80: POST).
 * Not here: memory-to-memory, compressed timing, priorities (nothing waits): the PIIX3 has the first
 * two not either.
 */
#include "hw/dma/i8237.h"

enum { N_CHANNELS = 8, CASCADE_CHANNEL = 4, N_PAGES = 16 };
enum { COMMAND_DISABLE = 0x04 };
enum { MODE_AUTO = 0x10, MODE_DOWN = 0x20, MODE_TYPE = 0x0c, MODE_CASCADE = 0xc0 };
enum { TYPE_VERIFY = 0x00, TYPE_TO_MEMORY = 0x04, TYPE_FROM_MEMORY = 0x08 };

typedef struct I8237 {
    Device        dev;
    AddressSpace *memory;
    uint16_t      base_address[N_CHANNELS], base_count[N_CHANNELS];
    uint16_t      address[N_CHANNELS], count[N_CHANNELS];
    uint8_t       mode[N_CHANNELS];
    uint8_t       masked, wanted, asked, ended; /* a bit a channel: mask, DREQ, software, TC */
    uint8_t       command[2];
    bool          upper[2];             /* the flip-flop: the next byte is the upper one */
    uint8_t       page[N_PAGES];
    struct {
        void    (*run)(void *opaque);
        void     *opaque;
        bool      running;
    } device[N_CHANNELS];
} I8237;

#define DEV I8237
#define I8237(d) DEVICE_AS(I8237, d)

/* --- Channels --------------------------------------------------------------------------------- */

static unsigned controller(unsigned ch)
{
    return ch >> 2;
}

static bool cascades(const I8237 *s, unsigned ch)
{
    return (s->mode[ch] & MODE_CASCADE) == MODE_CASCADE;
}

static bool enabled(const I8237 *s, unsigned ch)
{
    return !(s->command[controller(ch)] & COMMAND_DISABLE);
}

/* The first controller's requests go through channel 4. */
static bool joined(const I8237 *s, unsigned ch)
{
    return ch >= CASCADE_CHANNEL || (cascades(s, CASCADE_CHANNEL) && enabled(s, CASCADE_CHANNEL) &&
                                     !(s->masked & BIT32(CASCADE_CHANNEL)));
}

static bool open(const I8237 *s, unsigned ch)
{
    return !(s->masked & BIT32(ch)) && enabled(s, ch) && joined(s, ch) && !cascades(s, ch);
}

static uint32_t page_of(const I8237 *s, unsigned ch)
{
    static const uint8_t at[N_CHANNELS] = { 7, 3, 1, 2, 15, 11, 9, 10 };
    return s->page[at[ch]];
}

static GPa bus_address(const I8237 *s, unsigned ch)
{
    return ch < CASCADE_CHANNEL ? page_of(s, ch) << 16 | s->address[ch]
                                : (page_of(s, ch) & 0xfe) << 16 | (uint32_t)s->address[ch] << 1;
}

static void terminal_count(I8237 *s, unsigned ch)
{
    s->ended |= BIT32(ch);
    s->asked &= ~BIT32(ch);
    if (s->mode[ch] & MODE_AUTO) {
        s->address[ch] = s->base_address[ch];
        s->count[ch] = s->base_count[ch];
    } else {
        s->masked |= BIT32(ch);
    }
}

/* One stretch that lies in a row in memory; its length in units. */
static unsigned stretch(const I8237 *s, unsigned ch, size_t units)
{
    unsigned to_wrap = s->mode[ch] & MODE_DOWN ? 1 : 0x10000 - s->address[ch];
    return MIN(MIN(units, (size_t)s->count[ch] + 1), to_wrap);
}

/* buf NULL: nobody drives the bus. */
static void move_stretch(I8237 *s, unsigned ch, void *buf, size_t len, bool to_memory)
{
    if ((s->mode[ch] & MODE_TYPE) == TYPE_VERIFY) {
        if (!to_memory) {
            memset(buf, 0xff, len);
        }
    } else if (!buf) {
        address_space_fill(s->memory, bus_address(s, ch), 0xff, len);
    } else if (to_memory) {
        address_space_write(s->memory, bus_address(s, ch), buf, len);
    } else {
        address_space_read(s->memory, bus_address(s, ch), buf, len);
    }
}

/* Whole units only; ends at a terminal count. */
static size_t move(I8237 *s, unsigned ch, uint8_t *buf, size_t len, bool to_memory, bool *tc)
{
    unsigned size = ch < CASCADE_CHANNEL ? 1 : 2;
    size_t done = 0;
    while (len - done >= size && !*tc) {
        unsigned n = stretch(s, ch, (len - done) / size);
        move_stretch(s, ch, buf ? buf + done : NULL, n * size, to_memory);
        s->address[ch] += s->mode[ch] & MODE_DOWN ? -n : n;
        *tc = n > s->count[ch];
        s->count[ch] -= n;
        done += n * size;
    }
    if (*tc) {
        terminal_count(s, ch);
    }
    return done;
}

static size_t move_checked(Device *dma, unsigned ch, void *buf, size_t len, bool to_memory, bool *tc)
{
    I8237 *s = I8237(dma);
    unsigned type = s->mode[ch] & MODE_TYPE;
    *tc = false;
    if (!open(s, ch)) {
        return 0;
    }
    if (type != TYPE_VERIFY && type != (to_memory ? TYPE_TO_MEMORY : TYPE_FROM_MEMORY)) {
        log_guest(&s->dev, "channel %u is set for the other direction", ch);
        return 0;
    }
    return move(s, ch, buf, len, to_memory, tc);
}

size_t i8237_to_memory(Device *dma, unsigned channel, const void *buf, size_t len, bool *tc)
{
    return move_checked(dma, channel, (void *)buf, len, true, tc);
}

size_t i8237_from_memory(Device *dma, unsigned channel, void *buf, size_t len, bool *tc)
{
    return move_checked(dma, channel, buf, len, false, tc);
}

/* --- Requests --------------------------------------------------------------------------------- */

/* A request in software is not masked (8237A, Request Register). */
static void run_asked(I8237 *s, unsigned ch)
{
    bool tc = false;
    if (!enabled(s, ch) || !joined(s, ch) || cascades(s, ch)) {
        return;
    }
    if ((s->mode[ch] & MODE_TYPE) == TYPE_TO_MEMORY) {
        move(s, ch, NULL, 0x20000, true, &tc);
    } else {                            /* read, and nobody looks */
        s->address[ch] += s->mode[ch] & MODE_DOWN ? -s->count[ch] - 1 : s->count[ch] + 1;
        s->count[ch] = 0xffff;
        terminal_count(s, ch);
    }
}

static void run_channel(I8237 *s, unsigned ch)
{
    if ((s->wanted & BIT32(ch)) && open(s, ch) && s->device[ch].run && !s->device[ch].running) {
        s->device[ch].running = true;
        s->device[ch].run(s->device[ch].opaque);
        s->device[ch].running = false;
    }
    if (s->asked & BIT32(ch)) {
        run_asked(s, ch);
    }
}

/* After anything that may open a channel. */
static void run_all(I8237 *s)
{
    for (unsigned ch = 0; ch < N_CHANNELS; ch++) {
        run_channel(s, ch);
    }
}

void i8237_attach(Device *dma, unsigned channel, void (*run)(void *opaque), void *opaque)
{
    I8237 *s = I8237(dma);
    s->device[channel].run = run;
    s->device[channel].opaque = opaque;
}

void i8237_request(Device *dma, unsigned channel, bool level)
{
    I8237 *s = I8237(dma);
    s->wanted = (s->wanted & ~BIT32(channel)) | (level ? BIT32(channel) : 0);
    run_channel(s, channel);
}

/* --- Registers -------------------------------------------------------------------------------- */

/* Address and count of channel i / 2, a byte at a time. */
static uint32_t channel_read(I8237 *s, unsigned c, unsigned i)
{
    unsigned ch = 4 * c + i / 2, shift = s->upper[c] ? 8 : 0;
    s->upper[c] ^= 1;
    return (i & 1 ? s->count[ch] : s->address[ch]) >> shift & 0xff;
}

static void channel_write(I8237 *s, unsigned c, unsigned i, uint8_t value)
{
    unsigned ch = 4 * c + i / 2, shift = s->upper[c] ? 8 : 0;
    uint16_t *base = i & 1 ? &s->base_count[ch] : &s->base_address[ch];
    *base = deposit32(*base, shift, 8, value);
    *(i & 1 ? &s->count[ch] : &s->address[ch]) = *base;
    s->upper[c] ^= 1;
}

static uint32_t status_read(I8237 *s, unsigned c)
{
    unsigned v = (s->ended >> 4 * c & 15) | (s->wanted >> 4 * c & 15) << 4;
    s->ended &= ~(15 << 4 * c);
    return v;
}

static void request_write(I8237 *s, unsigned c, uint8_t value)
{
    uint8_t bit = BIT32(4 * c + (value & 3));
    s->asked = value & 4 ? s->asked | bit : s->asked & ~bit;
    run_all(s);
}

static void mask_one_write(I8237 *s, unsigned c, uint8_t value)
{
    uint8_t bit = BIT32(4 * c + (value & 3));
    s->masked = value & 4 ? s->masked | bit : s->masked & ~bit;
    run_all(s);
}

static void mask_all_write(I8237 *s, unsigned c, uint8_t value)
{
    s->masked = deposit32(s->masked, 4 * c, 4, value & 15);
    run_all(s);
}

static void mode_write(I8237 *s, unsigned c, uint8_t value)
{
    s->mode[4 * c + (value & 3)] = value & 0xfc;
    run_all(s);
}

static void command_write(I8237 *s, unsigned c, uint8_t value)
{
    s->command[c] = value;
    if (value & ~COMMAND_DISABLE & 0x03) {
        log_unimp(&s->dev, "memory-to-memory transfers");
    }
    run_all(s);
}

static void master_clear(I8237 *s, unsigned c)
{
    s->command[c] = 0;
    s->upper[c] = false;
    s->ended &= ~(15 << 4 * c);
    s->asked &= ~(15 << 4 * c);
    s->masked |= 15 << 4 * c;
}

/* The registers of both controllers: on the second's bus they are two bytes apart. */
#define CONTROLLER(c)                                                                           \
    static uint32_t ch##c##_read(Device *d, unsigned i) { return channel_read(I8237(d), c, i); } \
    static void ch##c##_write(Device *d, unsigned i, uint32_t v)                                \
    {                                                                                           \
        channel_write(I8237(d), c, i, v);                                                       \
    }                                                                                           \
    static uint32_t status##c(Device *d) { return status_read(I8237(d), c); }                   \
    static void command##c(Device *d, uint32_t v) { command_write(I8237(d), c, v); }            \
    static void request##c(Device *d, uint32_t v) { request_write(I8237(d), c, v); }            \
    static void mask_one##c(Device *d, uint32_t v) { mask_one_write(I8237(d), c, v); }          \
    static void mode##c(Device *d, uint32_t v) { mode_write(I8237(d), c, v); }                  \
    static void flip##c(Device *d, uint32_t v) { I8237(d)->upper[c] = false; }                  \
    static void clear##c(Device *d, uint32_t v) { master_clear(I8237(d), c); }                  \
    static void open_all##c(Device *d, uint32_t v) { mask_all_write(I8237(d), c, 0); }          \
    static uint32_t mask##c(Device *d) { return I8237(d)->masked >> 4 * c & 15; }               \
    static void mask_all##c(Device *d, uint32_t v) { mask_all_write(I8237(d), c, v); }          \
    static const RegDef controller##c[] = {                                                     \
        { 0x0 << c, "CHANNEL", .read_at = ch##c##_read, .write_at = ch##c##_write,              \
          .width = 1, .count = 8, .stride = 1 << c },                                           \
        { 0x8 << c, "STATUS/COMMAND", .read = status##c, .write = command##c, .width = 1 },     \
        { 0x9 << c, "REQUEST", .write = request##c, .width = 1 },                               \
        { 0xa << c, "MASK-ONE", .write = mask_one##c, .width = 1 },                             \
        { 0xb << c, "MODE", .write = mode##c, .width = 1 },                                     \
        { 0xc << c, "FLIP-FLOP", .write = flip##c, .width = 1 },                                \
        { 0xd << c, "MASTER-CLEAR", .write = clear##c, .width = 1 },                            \
        { 0xe << c, "OPEN-ALL", .write = open_all##c, .width = 1 },                             \
        { 0xf << c, "MASK-ALL", .read = mask##c, .write = mask_all##c, .width = 1 },            \
    }
CONTROLLER(0);
CONTROLLER(1);

static const RegDef page_regs[] = {
    { 0x0, "PAGE", AT(page), .writable = 0xff, .width = 1, .count = N_PAGES },
};

static void i8237_reset(Device *dev)
{
    I8237(dev)->masked = 0xff;
}

const DeviceClass i8237 = {
    .name  = "i8237", .about = "the AT's DMA controllers", .size = sizeof(I8237),
    .regs  = WINDOWS(REG_WINDOW("dma0", controller0, 0x10, ACCESS_ANY),
                     REG_WINDOW("dma1", controller1, 0x20, ACCESS_ANY),
                     REG_WINDOW("pages", page_regs, 0x10, ACCESS_ANY)),
    .props = PROPS(PROP_MEMORY("memory", I8237, memory, .about = "what the channels read and write")),
    .state = STATE(STATE_ARRAY(U16, I8237, base_address), STATE_ARRAY(U16, I8237, base_count),
                   STATE_ARRAY(U16, I8237, address), STATE_ARRAY(U16, I8237, count),
                   STATE_ARRAY(U8, I8237, mode), STATE_U8(I8237, masked), STATE_U8(I8237, wanted),
                   STATE_U8(I8237, asked), STATE_U8(I8237, ended),
                   STATE_ARRAY(U8, I8237, command), STATE_ARRAY(BOOL, I8237, upper)),
    .reset = i8237_reset,
};
