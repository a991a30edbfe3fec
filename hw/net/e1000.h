/* SPDX-License-Identifier: MIT */
/* The 82540EM's state, shared by its three files: registers (e1000.c), e1000_rx.c, e1000_tx.c. */
#pragma once
#include "hw/pci/pci.h"
#include "io/net/net.h"

enum { CTRL_SLU = 1 << 6, CTRL_RST = 1 << 26, CTRL_VME = 1 << 30 };
enum { RCTL_EN = 1 << 1, RCTL_SBP = 1 << 2, RCTL_UPE = 1 << 3, RCTL_MPE = 1 << 4, RCTL_LPE = 1 << 5,
       RCTL_BAM = 1 << 15, RCTL_VFE = 1 << 18, RCTL_CFIEN = 1 << 19, RCTL_CFI = 1 << 20,
       RCTL_BSEX = 1 << 25, RCTL_SECRC = 1 << 26 };
enum { TCTL_EN = 1 << 1, TCTL_PSP = 1 << 3 };
enum { ICR_TXDW = 1 << 0, ICR_TXQE = 1 << 1, ICR_LSC = 1 << 2, ICR_RXDMT0 = 1 << 4, ICR_RXO = 1 << 6,
       ICR_RXT0 = 1 << 7, ICR_MDAC = 1 << 9, ICR_TXD_LOW = 1 << 15 };
enum { PHY_LOOPBACK = 1 << 14 };
enum { E1000_FRAME = 16384, E1000_DESC = 16, E1000_WORDS = 64 };

/* Counters that something here counts, by number of the register (4000h + 4 n). */
enum { STAT_MPC = 4, STAT_PRC64 = 23, STAT_GPRC = 29, STAT_BPRC, STAT_MPRC, STAT_GPTC,
       STAT_GORC = 34, STAT_GOTC = 36, STAT_RNBC = 40, STAT_RUC, STAT_RFC, STAT_ROC, STAT_TOR = 48,
       STAT_TOT = 50, STAT_TPR = 52, STAT_TPT, STAT_PTC64, STAT_MPTC = 60, STAT_BPTC, STAT_TSCTC,
       E1000_N_STATS = 64 };

/* What a context descriptor has set: where checksums begin, go, and end; segments. */
typedef struct E1000Context {
    uint8_t  ipcss, ipcso, tucss, tucso, tucmd, hdrlen;
    uint16_t ipcse, tucse, mss;
    uint32_t paylen;
} E1000Context;

typedef struct E1000 {
    Device       dev;
    PciFunction  pci;
    NetPort     *port;
    const char  *mac_text;
    uint16_t     eeprom[E1000_WORDS], phy[32];
    uint32_t     ctrl, ctrl_ext, eecd, eerd, mdic, vet, icr, ims, itr, io_address;
    uint32_t     rctl, rdbal, rdbah, rdlen, rdh, rdt, rxcsum;
    uint32_t     tctl, tdbal, tdbah, tdlen, tdh, tdt, txdctl;
    uint32_t     mta[128], vfta[128], ra[32], stats[E1000_N_STATS];
    uint32_t     plain[24];             /* registers that are only stored */
    Timer        throttle, more;        /* ITR; descriptors that wait for their turn */
    /* The EEPROM's serial interface: bits of the command so far, and what it answers. */
    uint32_t     ee_in, ee_bits, ee_out, ee_out_bits;
    bool         ee_writable;
    /* The packet that is being put together. */
    E1000Context context[2];            /* [1] is that of segmentation */
    uint8_t      tx_popts;
    bool         tx_segmented, tx_open, tx_vlan;
    uint16_t     tx_tag, tx_segments;
    uint32_t     tx_len, tx_left;       /* bytes in tx; of the payload that are still to come */
    uint8_t      tx[E1000_FRAME];
    bool         busy;                  /* our own DMA may come back to our registers */
} E1000;

#define E1000(d) DEVICE_AS(E1000, d)

void e1000_cause(E1000 *s, uint32_t causes);
/* Adds to a counter, which stays at its highest value; to one of 64 bits. */
void e1000_count(E1000 *s, unsigned stat, uint32_t n);
void e1000_count_bytes(E1000 *s, unsigned stat, uint32_t n);
/* Packets of 64, 65 to 127, ... bytes: six counters from `first`.  len is with the checksum. */
void e1000_count_size(E1000 *s, unsigned first, unsigned len);
/* One's complement sum of n bytes, folded to 16 bits, as it stands in memory: big-endian. */
uint32_t e1000_sum(uint32_t sum, const uint8_t *p, unsigned n);

bool e1000_can_receive(void *opaque);
void e1000_receive(void *opaque, const uint8_t *frame, unsigned len);
void e1000_transmit(E1000 *s);
