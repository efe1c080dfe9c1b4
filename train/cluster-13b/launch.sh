#!/bin/sh
# The four phases on several machines of eight GPUs each, which share the workspace's disk.
#
# Run:     HEAD=node0 NODES=2 sh launch.sh --model FOLDER
#          on every machine, from the workspace; HEAD is the name of one of them, what follows are options of
#          `pedcorpus train`

exec torchrun --nnodes "$NODES" --nproc_per_node 8 --rdzv_backend c10d --rdzv_endpoint "$HEAD:29500" \
    --rdzv_id pedcorpus --shutdown-timeout 600 \
    -m pedcorpus train --recipe cluster-13b "$@"
