/* SPDX-License-Identifier: MIT */
/* ATAPI: being written. */
#include "hw/ide/ata.h"

bool atapi_move(AtaDrive *d, AtaTransfer *t, void *p, size_t len)
{
    return false;
}

void atapi_end(AtaDrive *d, AtaTransfer *t)
{
}

void atapi_block(AtaDrive *d, AtaTransfer *t)
{
}

void atapi_reset(AtaDrive *d)
{
}

const AtaCommand atapi_commands[256] = {
    [0x90] = { ata_diagnostic },
};
