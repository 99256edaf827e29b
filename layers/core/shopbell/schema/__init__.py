"""The small schema library: typed values of JSON documents, with every wrong field reported."""
