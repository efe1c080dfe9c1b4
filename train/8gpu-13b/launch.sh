#!/bin/sh
# The four phases on the eight GPUs of this machine; what `pedcorpus train --processes 8` runs.
#
# Run:     sh launch.sh --model FOLDER        from the workspace; what follows are options of `pedcorpus train`

exec torchrun --standalone --nproc_per_node 8 --shutdown-timeout 600 \
    -m pedcorpus train --recipe 8gpu-13b "$@"
