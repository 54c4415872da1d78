"""How often is a muscle that was confirmed in a published case among the first that Needlepoint names?"""
