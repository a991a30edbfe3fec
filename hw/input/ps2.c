/* SPDX-License-Identifier: MIT */
/*
 * PS/2 keyboard and mouse.
 * Implements: IBM PS/2 Hardware Interface Technical Reference, "Keyboard" and "Mouse" (commands,
 * scan code sets 1 to 3, packets), and Microsoft's wheel mouse extensions (the "knock" of sample
 * rates 200, 100, 80 and 200, 200, 80).
 * Choices: bytes are sent as fast as the host takes them; a self-test takes no time.  Movement that
 * does not fit in the queue is added up until it does; keys are lost with an overrun code.
 * Not here: typematic repeat is left to the host's keyboard; the typematic and make/break
 * settings of single keys in set 3 are taken and have no effect.
 */
#include "hw/input/ps2.h"

enum { ACK = 0xfa, RESEND = 0xfe, BAT_OK = 0xaa };

typedef struct ScanCode {
    uint16_t set1, set2;
} ScanCode;

static const ScanCode scan_codes[N_KEYS] = {
#define KEY(name, number, set1, set2) [number] = { set1, set2 },
#include "io/ui/keys.def"
#undef KEY
};

/* Set 3 differs from set 2 in these; the rest has the same code without its 0xe0 prefix. */
static const struct {
    uint8_t key, code;
} set3_codes[] = {
    { KEY_ESC, 0x08 },       { KEY_CAPSLOCK, 0x14 },  { KEY_LEFTCTRL, 0x11 },
    { KEY_LEFTALT, 0x19 },   { KEY_RIGHTALT, 0x39 },  { KEY_RIGHTCTRL, 0x58 },
    { KEY_BACKSLASH, 0x5c }, { KEY_102ND, 0x13 },     { KEY_F1, 0x07 },
    { KEY_F2, 0x0f },        { KEY_F3, 0x17 },        { KEY_F4, 0x1f },
    { KEY_F5, 0x27 },        { KEY_F6, 0x2f },        { KEY_F7, 0x37 },
    { KEY_F8, 0x3f },        { KEY_F9, 0x47 },        { KEY_F10, 0x4f },
    { KEY_F11, 0x56 },       { KEY_F12, 0x5e },       { KEY_SYSRQ, 0x57 },
    { KEY_SCROLLLOCK, 0x5f },{ KEY_PAUSE, 0x62 },     { KEY_INSERT, 0x67 },
    { KEY_DELETE, 0x64 },    { KEY_HOME, 0x6e },      { KEY_END, 0x65 },
    { KEY_PAGEUP, 0x6f },    { KEY_PAGEDOWN, 0x6d },  { KEY_UP, 0x63 },
    { KEY_DOWN, 0x60 },      { KEY_LEFT, 0x61 },      { KEY_RIGHT, 0x6a },
    { KEY_NUMLOCK, 0x76 },   { KEY_KPSLASH, 0x77 },   { KEY_KPASTERISK, 0x7e },
    { KEY_KPMINUS, 0x84 },   { KEY_KPPLUS, 0x7c },    { KEY_KPENTER, 0x79 },
    { KEY_LEFTMETA, 0x8b },  { KEY_RIGHTMETA, 0x8c }, { KEY_COMPOSE, 0x8d },
};

/* --- The queue ------------------------------------------------------------------------------- */

static bool room_for(const Ps2 *p, unsigned n)
{
    return PS2_QUEUE - p->num >= n;
}

static void queue_byte(Ps2 *p, uint8_t byte)
{
    if (room_for(p, 1)) {
        p->queue[(p->head + p->num++) % PS2_QUEUE] = byte;
    }
}

static void send(Ps2 *p, uint8_t byte)
{
    queue_byte(p, byte);
    p->update(p->opaque);
}

static void send2(Ps2 *p, uint8_t a, uint8_t b)
{
    queue_byte(p, a);
    send(p, b);
}

bool ps2_has_data(const Ps2 *p)
{
    return p->num != 0;
}

static void report_motion(Ps2 *p);

uint8_t ps2_read(Ps2 *p)
{
    if (p->num == 0) {
        return 0;
    }
    uint8_t byte = p->queue[p->head];
    p->head = (p->head + 1) % PS2_QUEUE;
    p->num--;
    p->last_sent = byte;
    if (p->kind == PS2_MOUSE && p->num == 0) {
        report_motion(p);               /* what did not fit before */
    }
    p->update(p->opaque);
    return byte;
}

/* --- Keyboard -------------------------------------------------------------------------------- */

static unsigned scan_code(const Ps2 *p, Key key)
{
    if (p->scan_set == 1) {
        return scan_codes[key].set1;
    }
    if (p->scan_set == 3) {
        for (unsigned i = 0; i < ARRAY_SIZE(set3_codes); i++) {
            if (set3_codes[i].key == key) {
                return set3_codes[i].code;
            }
        }
        return scan_codes[key].set2 & 0xff;
    }
    return scan_codes[key].set2;
}

/* Pause has no break code; make and "break" are one sequence. */
static void queue_pause(Ps2 *p)
{
    static const uint8_t set1[] = { 0xe1, 0x1d, 0x45, 0xe1, 0x9d, 0xc5 };
    static const uint8_t set2[] = { 0xe1, 0x14, 0x77, 0xe1, 0xf0, 0x14, 0xf0, 0x77 };
    const uint8_t *seq = p->scan_set == 1 ? set1 : set2;
    for (unsigned i = 0; i < (p->scan_set == 1 ? sizeof(set1) : sizeof(set2)); i++) {
        queue_byte(p, seq[i]);
    }
}

static void queue_code(Ps2 *p, unsigned code, bool down)
{
    if (code > 0xff) {
        queue_byte(p, code >> 8);
    }
    if (!down && p->scan_set != 1) {
        queue_byte(p, 0xf0);
    }
    queue_byte(p, (code & 0xff) | (!down && p->scan_set == 1 ? 0x80 : 0));
}

static void keyboard_key(void *opaque, Key key, bool down)
{
    Ps2 *p = opaque;
    if (!p->enabled || (unsigned)key >= N_KEYS) {
        return;
    }
    if (!room_for(p, 9)) {              /* overrun; one place is kept for it */
        if (room_for(p, 1) && p->queue[(p->head + p->num - 1) % PS2_QUEUE] != 0) {
            send(p, p->scan_set == 1 ? 0xff : 0x00);
        }
        return;
    }
    unsigned code = scan_code(p, key);
    if (code) {
        queue_code(p, code, down);
    } else if (key == KEY_PAUSE && down) {
        queue_pause(p);
    }
    p->update(p->opaque);
}

static void keyboard_defaults(Ps2 *p)
{
    p->scan_set = 2;
    p->typematic = 0x2b;
    p->leds = 0;
}

static void keyboard_argument(Ps2 *p, uint8_t command, uint8_t byte)
{
    switch (command) {
    case 0xed:
        p->leds = byte & 7;
        break;
    case 0xf0:
        if (byte == 0) {
            send2(p, ACK, p->scan_set);
            return;
        }
        if (byte > 3) {
            send(p, RESEND);
            return;
        }
        p->scan_set = byte;
        break;
    case 0xf3:
        p->typematic = byte & 0x7f;
        break;
    }
    send(p, ACK);
}

static void keyboard_command(Ps2 *p, uint8_t byte)
{
    switch (byte) {
    case 0xed:                          /* LEDs */
    case 0xf0:                          /* scan code set */
    case 0xf3:                          /* typematic rate */
    case 0xfb:                          /* set 3: typematic; make and break; make: for one key */
    case 0xfc:
    case 0xfd:
        p->command = byte;
        send(p, ACK);
        break;
    case 0xee:                          /* echo */
        send(p, 0xee);
        break;
    case 0xf2:                          /* identify */
        send(p, ACK);
        send2(p, 0xab, 0x83);
        break;
    case 0xf4:
        p->num = 0;
        p->enabled = true;
        send(p, ACK);
        break;
    case 0xf5:
    case 0xf6:                          /* defaults; F5 also stops scanning */
        keyboard_defaults(p);
        p->num = 0;
        p->enabled = byte == 0xf6;
        send(p, ACK);
        break;
    case 0xf7:                          /* set 3: the same for all keys */
    case 0xf8:
    case 0xf9:
    case 0xfa:
        send(p, ACK);
        break;
    case 0xfe:
        send(p, p->last_sent);
        break;
    case 0xff:
        ps2_reset(p);
        send2(p, ACK, BAT_OK);
        break;
    default:
        send(p, RESEND);
        break;
    }
}

/* --- Mouse ----------------------------------------------------------------------------------- */

static int32_t clamp(int32_t v, int32_t limit)
{
    return CLAMP(v, -limit, limit - 1);
}

/* One packet of what has moved and not been told. */
static void queue_packet(Ps2 *p)
{
    int32_t dx = clamp(p->dx, 256), dy = clamp(p->dy, 256), dz = clamp(p->dz, 8);
    queue_byte(p, (p->buttons & 7) | 0x08 | (dx < 0) << 4 | (dy < 0) << 5);
    queue_byte(p, dx);
    queue_byte(p, dy);
    if (p->id == 3) {
        queue_byte(p, dz);
    } else if (p->id == 4) {
        queue_byte(p, (dz & 0x0f) | (p->buttons & 0x18) << 1);
    }
    p->dx -= dx;
    p->dy -= dy;
    p->dz -= dz;
    p->reported = p->buttons;
}

/* Stream mode: packets while there is something to tell and room. */
static void report_motion(Ps2 *p)
{
    if (!p->enabled || p->remote || p->wrap) {
        return;
    }
    if (p->id == 0) {
        p->dz = 0;
    }
    while (room_for(p, 16) && (p->dx || p->dy || p->dz || p->buttons != p->reported)) {
        queue_packet(p);
    }
    if (p->num) {
        p->update(p->opaque);
    }
}

static void mouse_motion(void *opaque, int dx, int dy)
{
    Ps2 *p = opaque;
    p->dx = CLAMP((int64_t)p->dx + dx, -4096, 4096);
    p->dy = CLAMP((int64_t)p->dy - dy, -4096, 4096);    /* up is positive here */
    report_motion(p);
}

static void mouse_buttons(void *opaque, unsigned buttons)
{
    Ps2 *p = opaque;
    p->buttons = buttons & 0x1f;
    report_motion(p);
}

static void mouse_wheel(void *opaque, int clicks)
{
    Ps2 *p = opaque;
    p->dz = CLAMP((int64_t)p->dz - clicks, -128, 128);  /* toward the user is positive */
    report_motion(p);
}

static void mouse_defaults(Ps2 *p)
{
    p->rate = 100;
    p->resolution = 2;
    p->scaling = p->remote = p->enabled = false;
    p->dx = p->dy = p->dz = 0;
}

static void mouse_set_rate(Ps2 *p, uint8_t rate)
{
    p->rate = rate;
    p->knock[0] = p->knock[1];
    p->knock[1] = p->knock[2];
    p->knock[2] = rate;
    if (p->knock[0] == 200 && p->knock[1] == 100 && rate == 80) {
        p->id = 3;
    } else if (p->id == 3 && p->knock[0] == 200 && p->knock[1] == 200 && rate == 80) {
        p->id = 4;
    }
}

static void mouse_status(Ps2 *p)
{
    uint8_t b = p->buttons;
    queue_byte(p, ACK);
    queue_byte(p, (b & 1) << 2 | (b & 4) >> 1 | (b & 2) >> 1 | p->scaling << 4 | p->enabled << 5 |
                  p->remote << 6);
    send2(p, p->resolution, p->rate);
}

static void mouse_command(Ps2 *p, uint8_t byte)
{
    if (p->wrap && byte != 0xec && byte != 0xff) {
        send(p, byte);
        return;
    }
    switch (byte) {
    case 0xe6:                          /* scaling 1:1, 2:1 */
    case 0xe7:
        p->scaling = byte & 1;
        send(p, ACK);
        break;
    case 0xe8:                          /* resolution */
    case 0xf3:                          /* sample rate */
        p->command = byte;
        send(p, ACK);
        break;
    case 0xe9:
        mouse_status(p);
        break;
    case 0xea:                          /* stream or remote mode */
    case 0xf0:
        p->remote = byte == 0xf0;
        send(p, ACK);
        break;
    case 0xeb:                          /* read data */
        queue_byte(p, ACK);
        queue_packet(p);
        p->update(p->opaque);
        break;
    case 0xec:                          /* leave, enter wrap mode */
    case 0xee:
        p->wrap = byte == 0xee;
        send(p, ACK);
        break;
    case 0xf2:
        send2(p, ACK, p->id);
        break;
    case 0xf4:
    case 0xf5:
        p->enabled = byte == 0xf4;
        send(p, ACK);
        break;
    case 0xf6:
        mouse_defaults(p);
        send(p, ACK);
        break;
    case 0xfe:
        send(p, p->last_sent);
        break;
    case 0xff:
        ps2_reset(p);
        queue_byte(p, ACK);
        send2(p, BAT_OK, 0);
        break;
    default:
        send(p, RESEND);
        break;
    }
}

static void mouse_argument(Ps2 *p, uint8_t command, uint8_t byte)
{
    if (command == 0xe8) {
        p->resolution = byte & 3;
    } else {
        mouse_set_rate(p, byte);
    }
    send(p, ACK);
}

/* --- Both ------------------------------------------------------------------------------------ */

/* A byte from the host ends what the device was sending (the cable is half duplex). */
void ps2_write(Ps2 *p, uint8_t byte)
{
    uint8_t command = p->command;
    bool argument = command && (p->kind == PS2_MOUSE || byte < 0xed);
    p->command = 0;
    if (p->kind == PS2_KEYBOARD) {
        (argument ? keyboard_argument(p, command, byte) : keyboard_command(p, byte));
    } else {
        p->num = 0;
        (argument ? mouse_argument(p, command, byte) : mouse_command(p, byte));
    }
}

void ps2_reset(Ps2 *p)
{
    p->head = p->num = 0;
    p->command = p->last_sent = 0;
    p->id = 0;
    memset(p->knock, 0, sizeof(p->knock));
    p->wrap = false;
    p->buttons = p->reported = 0;
    if (p->kind == PS2_KEYBOARD) {
        keyboard_defaults(p);
        p->enabled = true;
    } else {
        mouse_defaults(p);
    }
}

bool ps2_valid(const Ps2 *p)
{
    return p->head < PS2_QUEUE && p->num <= PS2_QUEUE &&
           (p->kind == PS2_MOUSE || (p->scan_set >= 1 && p->scan_set <= 3));
}

void ps2_attach(Ps2 *p, Ps2Kind kind, void (*update)(void *opaque), void *opaque)
{
    p->kind = kind;
    p->update = update;
    p->opaque = opaque;
    p->handler.opaque = p;
    if (kind == PS2_KEYBOARD) {
        p->handler.key = keyboard_key;
    } else {
        p->handler.motion = mouse_motion;
        p->handler.buttons = mouse_buttons;
        p->handler.wheel = mouse_wheel;
    }
    ps2_reset(p);
    input_add(&p->handler);
}

void ps2_detach(Ps2 *p)
{
    input_remove(&p->handler);
}
